import { Command } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { chosen, LONGEST_CHOICE, respondWithChoices } from '../discord/choices.ts';
import { itemChoices } from '../discord/item-choices.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { itemView } from '../discord/views/item.ts';
import { itemSources } from '../game/browsing/item-sources.ts';
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
    const { world, game } = this.container;
    const t = translatorOf(interaction);
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const asked = interaction.options.getString('item', true);
    const itemId = chosen(itemChoices(t, holder), asked)?.value ?? refuse('unknownItem', { asked });
    const catalog = game.catalog.current;
    const view = itemView(t, {
      item: catalog.item(itemId),
      have: game.inventory.list(world.reader, holder).get(itemId) ?? 0,
      level: game.progression.progress(world.reader, holder).level,
      sources: itemSources(catalog, itemId),
      uses: catalog.recipesUsing(itemId),
      composition: game.salvage.composition(itemId),
    });
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await respondWithChoices(interaction, itemChoices(translatorOf(interaction), holderOf(interaction)));
  }
}
