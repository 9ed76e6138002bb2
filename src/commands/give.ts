import { Command } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType, MessageFlags } from 'discord.js';
import { actorOf, holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { LONGEST_CHOICE, respondWithChoices } from '../discord/choices.ts';
import { heldChoices } from '../discord/held-choices.ts';
import { localize } from '../discord/localize.ts';
import { recipientIn } from '../discord/recipient.ts';
import { translatorOf } from '../discord/translate.ts';
import { typedItem } from '../discord/typed-names.ts';
import { giftQuestionView } from '../discord/views/gifts.ts';

/** Gives something to another member of the server; the giver is asked first. */
export class GiveCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/give:')
        .setContexts(InteractionContextType.Guild)
        .addUserOption((option) => localize(option, 'commands/give:user.').setRequired(true))
        .addStringOption((option) =>
          localize(option, 'commands/give:item.')
            .setRequired(true)
            .setAutocomplete(true)
            .setMaxLength(LONGEST_CHOICE),
        )
        .addIntegerOption((option) => localize(option, 'commands/give:quantity.').setMinValue(1)),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const giver = actorOf(interaction);
    game.dueWork.settle(world, giver);
    const present = {
      to: recipientIn(interaction),
      itemId: typedItem(translatorOf(interaction), interaction.options.getString('item', true)),
      quantity: interaction.options.getInteger('quantity') ?? 1,
    };
    const proposalId = world.transact(causeOf(interaction), (tx) => game.giving.propose(tx, giver, present));
    const view = giftQuestionView(translatorOf(interaction), proposalId, present);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { world, game } = this.container;
    const held = [...game.inventory.list(world.reader, holderOf(interaction))];
    const choices = held.map(([itemId, quantity]) => ({ itemId, quantity }));
    await respondWithChoices(interaction, heldChoices(translatorOf(interaction), choices));
  }
}
