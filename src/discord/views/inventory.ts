import type { APIEmbed } from 'discord.js';
import type { Catalog } from '../../game/content/catalog.ts';
import type { Holdings } from '../../game/inventory/inventory.ts';
import { commandMention, commandName } from '../command-mention.ts';
import { type HeldItem, type InventoryQuery, listHeld, queryFacts, type Sorting } from '../inventory-list.ts';
import { pageButtons, pageOf } from '../paging.ts';
import { plainText } from '../plain-text.ts';
import { itemName, type Translate } from '../translate.ts';

/** How many lines fit on the screen of a phone, the headings between them included. */
const PAGE_SIZE = 15;

/** An inventory, and the page of it that is looked at. */
export interface InventoryLook {
  readonly ownerId: string;
  readonly holdings: Holdings;
  readonly query: InventoryQuery;
  /** The first is 0. */
  readonly page: number;
  /** Whether some of what they have is at work. */
  readonly isWorking: boolean;
}

/** A page of what somebody has. */
export function inventoryView(t: Translate, catalog: Catalog, look: InventoryLook) {
  const { ownerId, holdings, query } = look;
  const held = listHeld(t, catalog, holdings, query);
  const page = pageOf(held, look.page, PAGE_SIZE);
  const embed: APIEmbed = {
    title: t('inventory:title'),
    description: [filterLine(t, query), ...itemLines(t, page.entries, query.sorting)]
      .flat()
      .concat(held.length === 0 ? emptyLine(t, look) : [])
      .join('\n'),
    footer: { text: footer(t, look, held).join('\n') },
  };
  return {
    embeds: [embed],
    components: pageButtons(t, page, 'inventoryPage', ownerId, ...queryFacts(query)),
  };
}

function filterLine(t: Translate, { category, rarity, search }: InventoryQuery): string[] {
  const filters = [
    category ? t(`browse:category.${category}`) : '',
    rarity ? t(`browse:rarity.${rarity}`) : '',
    search === '' ? '' : t('inventory:search', { text: plainText(search) }),
  ].filter((filter) => filter !== '');
  return filters.length > 0 ? [t('inventory:only', { filters: filters.join(', ') })] : [];
}

/** The items, with a heading wherever the group changes that they are sorted by. */
function itemLines(t: Translate, held: readonly HeldItem[], sorting: Sorting): string[] {
  return held.flatMap((item, index) => {
    const line = t('inventory:line', { quantity: item.quantity, item: itemName(t, item.itemId) });
    const before = held[index - 1];
    const heading = headingOf(t, item, sorting);
    const isNew = heading !== undefined && (!before || headingOf(t, before, sorting) !== heading);
    return isNew ? [`**${heading}**`, line] : [line];
  });
}

function headingOf(t: Translate, { rarity, category }: HeldItem, sorting: Sorting): string | undefined {
  if (sorting === 'rarity') return t(`browse:rarity.${rarity}`);
  return sorting === 'category' ? t(`browse:category.${category}`) : undefined;
}

function emptyLine(t: Translate, { holdings, isWorking }: InventoryLook): string {
  if (holdings.size > 0) return t('inventory:nothingFits', { inventory: commandMention(t, 'inventory') });
  if (isWorking) return t('inventory:allAtWork', { crafting: commandMention(t, 'crafting') });
  return t('inventory:empty', { daily: commandMention(t, 'daily'), gather: commandMention(t, 'gather') });
}

function footer(t: Translate, { holdings, isWorking }: InventoryLook, held: readonly HeldItem[]): string[] {
  const total = held.reduce((sum, { quantity }) => sum + quantity, 0);
  const kinds = t('inventory:kinds', { count: held.length });
  const pieces = t('inventory:pieces', { count: total });
  const hidden = holdings.size - held.length;
  return [
    [kinds, pieces, hidden > 0 ? t('inventory:hidden', { count: hidden }) : []].flat().join(' · '),
    isWorking ? t('inventory:atWork', { crafting: commandName(t, 'crafting') }) : [],
  ].flat();
}
