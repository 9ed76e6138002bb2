import type { APIEmbed } from 'discord.js';
import { RARITIES } from '../../events/rarity.ts';
import type { Catalog } from '../../game/content/catalog.ts';
import type { Holdings } from '../../game/inventory/inventory.ts';
import { itemName, type Translate } from '../translate.ts';

/** What somebody has, the rarest first. */
export function inventoryView(t: Translate, catalog: Catalog, holdings: Holdings): { embeds: APIEmbed[] } {
  const title = t('inventory:title');
  if (holdings.size === 0) return { embeds: [{ title, description: t('inventory:empty') }] };
  const rank = (itemId: string) => RARITIES.indexOf(catalog.items.get(itemId)?.rarity ?? 'common');
  const description = [...holdings]
    .sort(([one], [other]) => rank(other) - rank(one) || one.localeCompare(other))
    .map(([itemId, quantity]) => t('inventory:line', { quantity, item: itemName(t, itemId) }))
    .join('\n');
  return {
    embeds: [{ title, description, footer: { text: t('inventory:kinds', { count: holdings.size }) } }],
  };
}
