import type { Random } from '../../world/random.ts';
import { type ItemAmount, toAmounts } from '../content/catalog.ts';
import type { Content } from '../content/schema.ts';

/**
 * What some points of taking part bring besides XP: one item at the most, with the chance that at least one of the
 * points brings something.
 */
export function rollFinds(
  random: Random,
  { chancePerPoint, finds }: Content['engagement'],
  points: number,
): ItemAmount[] {
  const choices = toAmounts(finds);
  if (choices.length === 0 || !random.chance(1 - (1 - chancePerPoint) ** points)) return [];
  return [{ itemId: pick(random, choices), quantity: 1 }];
}

/** One of several, each as often as its quantity says. */
function pick(random: Random, choices: readonly ItemAmount[]): string {
  let drawn = random.integer(
    1,
    choices.reduce((total, { quantity }) => total + quantity, 0),
  );
  for (const { itemId, quantity } of choices) {
    drawn -= quantity;
    if (drawn <= 0) return itemId;
  }
  throw new Error('What was drawn is beyond all the choices.');
}
