import type { Random } from '../../world/random.ts';
import type { ItemAmount } from '../content/catalog.ts';
import { roundByChance } from '../round-by-chance.ts';

/** What one craft of the usual recipe takes, and how many it yields: what things are taken apart by. */
export interface Composition {
  readonly takes: readonly ItemAmount[];
  readonly yields: number;
}

/** The chance of each thing to come apart perfectly (design, "Recipes"). */
export const PERFECT_CHANCE = 0.1;

/** What comes back of each material, in quarters of its share: half of it, or half as much again of that. */
const ORDINARY_QUARTERS = 2;
const PERFECT_QUARTERS = 3;

/** How much of the materials comes back on average: 52.5 %. The content checker proves that no loop lives off it. */
export const EXPECTED_SHARE =
  ((1 - PERFECT_CHANCE) * ORDINARY_QUARTERS + PERFECT_CHANCE * PERFECT_QUARTERS) / 4;

/** What salvage returned. */
export interface Returns {
  readonly perfect: number;
  readonly items: readonly ItemAmount[];
}

/** At least and at most so many of a material. */
export interface Range {
  readonly itemId: string;
  readonly least: number;
  readonly most: number;
}

/**
 * What comes back when things are taken apart. Each returns half of its share of the materials, a perfect one (one in
 * ten) three quarters. The shares of all of them are added up first, and only what then isn't whole is left to chance.
 * So on average 0.9 · 50 % + 0.1 · 75 % = 52.5 % come back, in lots of whatever size, and never more than 75 %, rounded
 * up.
 */
export function rollReturns({ takes, yields }: Composition, quantity: number, random: Random): Returns {
  let perfect = 0;
  for (let taken = 0; taken < quantity; taken++) if (random.chance(PERFECT_CHANCE)) perfect++;
  const quarters = (quantity - perfect) * ORDINARY_QUARTERS + perfect * PERFECT_QUARTERS;
  const items = takes
    .map((amount) => ({
      itemId: amount.itemId,
      quantity: roundByChance((amount.quantity * quarters) / (4 * yields), random),
    }))
    .filter((amount) => amount.quantity > 0);
  return { perfect, items };
}

/** What will come back at least, when nothing is perfect and chance is unkind, and at most. */
export function rangeOfReturns({ takes, yields }: Composition, quantity: number): Range[] {
  return takes.map((amount) => ({
    itemId: amount.itemId,
    least: Math.floor((amount.quantity * quantity * ORDINARY_QUARTERS) / (4 * yields)),
    most: Math.ceil((amount.quantity * quantity * PERFECT_QUARTERS) / (4 * yields)),
  }));
}
