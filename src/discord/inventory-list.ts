import { z } from 'zod';
import { RARITIES, type Rarity, raritySchema } from '../events/rarity.ts';
import type { Catalog } from '../game/content/catalog.ts';
import { CATEGORIES, type Category } from '../game/content/schema.ts';
import type { Holdings } from '../game/inventory/inventory.ts';
import { matchingChoices } from './choices.ts';
import type { Translate } from './translate.ts';

/** What a list of items can be sorted by. */
export const SORTINGS = ['rarity', 'name', 'amount', 'category'] as const;

export type Sorting = (typeof SORTINGS)[number];

/** How many characters of a search fit into a custom id, beside the longest of everything else. */
export const LONGEST_SEARCH = 25;

/** What of an inventory somebody wants to see, and in which order. */
export interface InventoryQuery {
  readonly sorting: Sorting;
  readonly category: Category | undefined;
  readonly rarity: Rarity | undefined;
  /** A part of a name, more or less; empty for all of them. */
  readonly search: string;
}

/** An item that somebody has. */
export interface HeldItem {
  readonly itemId: string;
  readonly quantity: number;
  readonly rarity: Rarity;
  readonly category: Category;
  readonly name: string;
}

/** What somebody has and wants to see. */
export function listHeld(
  t: Translate,
  catalog: Catalog,
  holdings: Holdings,
  query: InventoryQuery,
): HeldItem[] {
  const { sorting, category, rarity, search } = query;
  const held = [...holdings]
    .map(([itemId, quantity]) => heldItem(t, catalog, itemId, quantity))
    .filter((item) => category === undefined || item.category === category)
    .filter((item) => rarity === undefined || item.rarity === rarity);
  const found = matchingChoices(
    held.map((item) => ({ name: item.name, value: item.itemId, item })),
    search,
  );
  return found
    .map(({ item }) => item)
    .sort((one, other) => ORDERS[sorting](one, other) || byName(one, other));
}

/** A query as it stands in a custom id. */
export function queryFacts({ sorting, category, rarity, search }: InventoryQuery): string[] {
  return [sorting, category ?? '', rarity ?? '', search];
}

const none = z.literal('').transform(() => undefined);

/** Reads what {@link queryFacts} wrote, which somebody may have changed on the way. */
export const queryFactSchemas = [
  z.enum(SORTINGS),
  z.union([z.enum(CATEGORIES), none]),
  z.union([raritySchema, none]),
  z.string().max(LONGEST_SEARCH),
] as const;

type Order = (one: HeldItem, other: HeldItem) => number;

const byName: Order = (one, other) => one.name.localeCompare(other.name);

const byRarity: Order = (one, other) => RARITIES.indexOf(other.rarity) - RARITIES.indexOf(one.rarity);

const byCategory: Order = (one, other) =>
  CATEGORIES.indexOf(one.category) - CATEGORIES.indexOf(other.category);

const byAmount: Order = (one, other) => other.quantity - one.quantity;

const ORDERS: Readonly<Record<Sorting, Order>> = {
  rarity: byRarity,
  category: (one, other) => byCategory(one, other) || byRarity(one, other),
  amount: byAmount,
  name: byName,
};

/** What the content no longer knows stays where it is. */
function heldItem(t: Translate, catalog: Catalog, itemId: string, quantity: number): HeldItem {
  const { rarity = 'common', category = 'raw' } = catalog.items.get(itemId) ?? {};
  return { itemId, quantity, rarity, category, name: t(`items:${itemId}.name`) };
}
