import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import { holderOf } from './actor.ts';
import type { InventoryQuery } from './inventory-list.ts';
import { translatorOf } from './translate.ts';
import { inventoryView } from './views/inventory.ts';

/** A page of what whoever asks has by now. */
export function showInventory(interaction: BaseInteraction, query: InventoryQuery, page: number) {
  const { world, game } = container;
  const holder = holderOf(interaction);
  game.dueWork.settle(world, holder);
  const { active, waiting } = game.crafting.workbench(world.reader, holder, world.clock.now());
  return inventoryView(translatorOf(interaction), game.catalog.current, {
    ownerId: holder.userId,
    holdings: game.inventory.list(world.reader, holder),
    query,
    page,
    isWorking: active.length + waiting.length > 0,
  });
}
