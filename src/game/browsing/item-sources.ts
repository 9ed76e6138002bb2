import type { Catalog } from '../content/catalog.ts';
import type { Place, Recipe } from '../content/schema.ts';

/** How often something is found, for words instead of numbers. */
export type Frequency = 'always' | 'often' | 'sometimes' | 'rarely';

/** What one trip to a place finds of an item. */
export interface PlaceSource {
  readonly place: Place;
  readonly frequency: Frequency;
  readonly least: number;
  readonly most: number;
}

/** Where an item comes from. */
export interface ItemSources {
  /** The first that a player can reach first. */
  readonly places: readonly PlaceSource[];
  readonly recipes: readonly Recipe[];
  /** On which days of a streak the gift has it, the first is 1. */
  readonly giftDays: readonly number[];
  /** Whether taking part in the chat can bring it. */
  readonly chat: boolean;
  /** How many of it everybody starts with. */
  readonly starter: number;
}

/** From which chance on it is called so. */
const OFTEN = 0.5;
const SOMETIMES = 0.15;

/** Where an item comes from. */
export function itemSources(catalog: Catalog, itemId: string): ItemSources {
  return {
    places: catalog.placesWith(itemId).flatMap((place) => placeSource(place, itemId)),
    recipes: catalog.recipesMaking(itemId),
    giftDays: catalog.daily.flatMap(({ items }, index) => (itemId in items ? [index + 1] : [])),
    chat: itemId in catalog.engagement.finds,
    starter: catalog.starter.find((amount) => amount.itemId === itemId)?.quantity ?? 0,
  };
}

/** What a chance is called. */
export function frequencyOf(chance: number): Frequency {
  if (chance === 1) return 'always';
  if (chance >= OFTEN) return 'often';
  return chance >= SOMETIMES ? 'sometimes' : 'rarely';
}

function placeSource(place: Place, itemId: string): PlaceSource[] {
  const find = place.finds[itemId];
  if (!find) return [];
  const { chance, least, most } = find;
  return [{ place, frequency: frequencyOf(chance), least, most }];
}
