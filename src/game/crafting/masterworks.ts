import { seededRandom } from '../../world/random.ts';
import type { Craft } from './crafts.table.ts';

/** The chance of one craft to become a masterwork where the promise says none, in percent (design, "Recipes"). */
const USUAL_CHANCE = 10;

/**
 * How many of a craft become masterworks, which yield double. Rolled with the craft's own seed: the outcome is fixed
 * when it is ordered, whenever and how often it is looked at.
 */
export function rollMasterworks({
  seed,
  quantity,
  promise,
}: Pick<Craft, 'seed' | 'quantity' | 'promise'>): number {
  const { masterworkChance = USUAL_CHANCE } = promise;
  const random = seededRandom(seed);
  let masterworks = 0;
  for (let made = 0; made < quantity; made++) if (random.chance(masterworkChance / 100)) masterworks++;
  return masterworks;
}
