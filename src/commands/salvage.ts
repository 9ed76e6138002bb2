import { Command } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType, MessageFlags } from 'discord.js';
import { actorOf, holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { LONGEST_CHOICE, respondWithChoices } from '../discord/choices.ts';
import { heldChoices } from '../discord/held-choices.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { typedItem } from '../discord/typed-names.ts';
import { salvageQuestionView } from '../discord/views/salvage.ts';

/** Takes things apart; since something is lost by it, asks first. */
export class SalvageCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/salvage:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/salvage:item.')
            .setRequired(true)
            .setAutocomplete(true)
            .setMaxLength(LONGEST_CHOICE),
        )
        .addIntegerOption((option) => localize(option, 'commands/salvage:quantity.').setMinValue(1)),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const actor = actorOf(interaction);
    game.dueWork.settle(world, actor);
    const itemId = typedItem(translatorOf(interaction), interaction.options.getString('item', true));
    const quantity = interaction.options.getInteger('quantity') ?? 1;
    const proposal = world.transact(causeOf(interaction), (tx) =>
      game.salvage.propose(tx, actor, itemId, quantity),
    );
    const view = salvageQuestionView(translatorOf(interaction), proposal);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { world, game } = this.container;
    const held = game.salvage.choices(world.reader, holderOf(interaction));
    await respondWithChoices(interaction, heldChoices(translatorOf(interaction), held));
  }
}
