import type { Catalog, ItemAmount } from '../src/game/content/catalog.ts';
import type { Place } from '../src/game/content/schema.ts';
import type { Holdings } from '../src/game/inventory/inventory.ts';
import type { Random } from '../src/world/random.ts';

/** What a player can see of their own situation. */
export interface View {
  readonly catalog: Catalog;
  readonly now: number;
  readonly level: number;
  readonly holdings: Holdings;
  /** What is at work or waiting, as the items that will come of it. */
  readonly coming: readonly ItemAmount[];
  /** How many further orders the workbench takes now; those beyond the free slots wait. */
  readonly room: number;
  readonly underWay: boolean;
  readonly giftThere: boolean;
  /** The recipes that this player has finished at least once. */
  readonly made: ReadonlySet<string>;
  /** Other players, to give something to. */
  readonly others: readonly string[];
}

/** What a player does next. */
export type Action =
  | { readonly kind: 'daily' }
  | { readonly kind: 'craft'; readonly recipeId: string; readonly quantity: number }
  | { readonly kind: 'gather'; readonly placeId: string; readonly supplies: boolean }
  | { readonly kind: 'salvage'; readonly itemId: string; readonly quantity: number }
  | { readonly kind: 'give'; readonly to: string; readonly itemId: string; readonly quantity: number }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'turnBack' }
  | { readonly kind: 'chat' };

/** How somebody plays. One mind belongs to one player and may remember things. */
export interface Mind {
  /** What they do next; undefined when nothing comes to their mind. */
  decide(view: View, random: Random): Action | undefined;
}

/** The places that are open at a level. */
export function openPlaces({ catalog, level }: View): Place[] {
  return [...catalog.places.values()].filter((place) => place.level <= level);
}

/** What a trip brings on average of an item, without any bonus. */
export function expectedFind(place: Place, itemId: string): number {
  const find = place.finds[itemId];
  return find ? (find.chance * (find.least + find.most)) / 2 : 0;
}

/** One of several; undefined of none. */
export function pick<Element>(elements: readonly Element[], random: Random): Element | undefined {
  return elements.length === 0 ? undefined : elements[random.integer(0, elements.length - 1)];
}
