import { Command } from '@sapphire/framework';
import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { type InventoryQuery, LONGEST_SEARCH, SORTINGS } from '../discord/inventory-list.ts';
import { localize } from '../discord/localize.ts';
import { typedFact } from '../discord/paging.ts';
import { showInventory } from '../discord/show-inventory.ts';
import { RARITIES } from '../events/rarity.ts';
import { CATEGORIES } from '../game/content/schema.ts';

/** Shows what a player has. */
export class InventoryCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/inventory:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/inventory:search.').setMaxLength(LONGEST_SEARCH),
        )
        .addStringOption((option) =>
          localize(option, 'commands/inventory:sort.').addChoices(
            ...SORTINGS.map((value) => createLocalizedChoice(`inventory:sorting.${value}`, { value })),
          ),
        )
        .addStringOption((option) =>
          localize(option, 'commands/inventory:category.').addChoices(
            ...CATEGORIES.map((value) => createLocalizedChoice(`browse:category.${value}`, { value })),
          ),
        )
        .addStringOption((option) =>
          localize(option, 'commands/inventory:rarity.').addChoices(
            ...RARITIES.map((value) => createLocalizedChoice(`browse:rarity.${value}`, { value })),
          ),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const view = showInventory(interaction, queryOf(interaction), 0);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}

function queryOf({ options }: Command.ChatInputCommandInteraction): InventoryQuery {
  const among = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === options.getString(name));
  return {
    sorting: among('sort', SORTINGS) ?? 'rarity',
    category: among('category', CATEGORIES),
    rarity: among('rarity', RARITIES),
    search: typedFact(options.getString('search') ?? '', LONGEST_SEARCH),
  };
}
