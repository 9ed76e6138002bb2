import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import { itemSources } from '../game/browsing/item-sources.ts';
import { refuse } from '../game/refusal.ts';
import { holderOf } from './actor.ts';
import { translatorOf } from './translate.ts';
import { itemView } from './views/item.ts';

/**
 * An item as whoever asks stands to it.
 *
 * @throws Refusal unknownItem when there is none of this id
 */
export function showItem(interaction: BaseInteraction, itemId: string) {
  const { world, game } = container;
  const holder = holderOf(interaction);
  game.dueWork.settle(world, holder);
  const catalog = game.catalog.current;
  return itemView(translatorOf(interaction), {
    item: catalog.items.get(itemId) ?? refuse('unknownItem', { asked: itemId }),
    have: game.inventory.list(world.reader, holder).get(itemId) ?? 0,
    level: game.progression.progress(world.reader, holder).level,
    sources: itemSources(catalog, itemId),
    uses: catalog.recipesUsing(itemId),
    composition: game.salvage.composition(itemId),
  });
}
