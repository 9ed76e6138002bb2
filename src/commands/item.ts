import { Command } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { chosen, LONGEST_CHOICE, respondWithChoices } from '../discord/choices.ts';
import { itemChoices } from '../discord/item-choices.ts';
import { localize } from '../discord/localize.ts';
import { showItem } from '../discord/show-item.ts';
import { translatorOf } from '../discord/translate.ts';
import { refuse } from '../game/refusal.ts';

/** Shows where an item comes from and what it is good for. */
export class ItemCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/item:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/item:item.')
            .setRequired(true)
            .setAutocomplete(true)
            .setMaxLength(LONGEST_CHOICE),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const asked = interaction.options.getString('item', true);
    const itemId =
      chosen(itemChoices(translatorOf(interaction), holderOf(interaction)), asked)?.value ??
      refuse('unknownItem', { asked });
    await interaction.reply({ ...showItem(interaction, itemId), flags: MessageFlags.Ephemeral });
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await respondWithChoices(interaction, itemChoices(translatorOf(interaction), holderOf(interaction)));
  }
}
