import type { Random } from '../../world/random.ts';
import type { ItemAmount } from '../content/catalog.ts';
import { roundByChance } from '../round-by-chance.ts';
import type { TripPromise } from './trips.table.ts';

/**
 * What a trip finds: each thing on its own chance, any number from its least to its most being as likely as another,
 * and by the bonus more of it. On average that is chance · (least + most) / 2 · (1 + bonus) of each.
 *
 * @param random seeded with the trip's seed, so that the outcome is the same whenever and how often it is looked at
 */
export function rollFinds(
  { finds, bonus }: Pick<TripPromise, 'finds' | 'bonus'>,
  random: Random,
): ItemAmount[] {
  return finds
    .filter(({ chance }) => random.chance(chance))
    .map(({ itemId, least, most }) => ({
      itemId,
      quantity: roundByChance(random.integer(least, most) * (1 + bonus), random),
    }));
}
