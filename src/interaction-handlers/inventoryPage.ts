import { z } from 'zod';
import { queryFactSchemas } from '../discord/inventory-list.ts';
import { pageNumber, requireOwner } from '../discord/paging.ts';
import { showInventory } from '../discord/show-inventory.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

const facts = z.tuple([pageNumber, z.string(), ...queryFactSchemas]);

type Facts = z.output<typeof facts>;

/** Turns the pages of an inventory. */
export class InventoryPage extends ButtonHandler<Facts> {
  override readonly facts = facts;

  override async press(
    interaction: GuildButtonInteraction,
    ...[page, ownerId, sorting, category, rarity, search]: Facts
  ): Promise<void> {
    requireOwner(interaction, ownerId);
    await interaction.update(showInventory(interaction, { sorting, category, rarity, search }, page));
  }
}
