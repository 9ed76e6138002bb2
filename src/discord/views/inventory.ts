import type { APIEmbed } from 'discord.js';
import { RARITIES } from '../../events/rarity.ts';
import type { Catalog } from '../../game/content/catalog.ts';
import type { Holdings } from '../../game/inventory/inventory.ts';
import { fitLines } from '../shorten.ts';
import { itemName, type Translate } from '../translate.ts';

/** Discord's limit for the description of an embed ("Embed Limits"), with room for the rest of it. */
const LONGEST_DESCRIPTION = 4_000;

/** What somebody has, the rarest first. */
export function inventoryView(t: Translate, catalog: Catalog, holdings: Holdings): { embeds: APIEmbed[] } {
  const title = t('inventory:title');
  if (holdings.size === 0) return { embeds: [{ title, description: t('inventory:empty') }] };
  const rank = (itemId: string) => RARITIES.indexOf(catalog.items.get(itemId)?.rarity ?? 'common');
  const lines = [...holdings]
    .sort(([one], [other]) => rank(other) - rank(one) || one.localeCompare(other))
    .map(([itemId, quantity]) => t('inventory:line', { quantity, item: itemName(t, itemId) }));
  const description = fitLines(lines, LONGEST_DESCRIPTION, (left) => t('inventory:more', { count: left }));
  return {
    embeds: [{ title, description, footer: { text: t('inventory:kinds', { count: holdings.size }) } }],
  };
}
