import type { Random } from '../world/random.ts';

/**
 * Makes a whole number of an amount, upwards as often as its fraction says: 2.25 becomes 3 one time in four and 2
 * otherwise. So the average over many is the amount itself, and nobody gains by doing things in larger or smaller lots.
 *
 * @param amount 0 or more
 */
export function roundByChance(amount: number, random: Random): number {
  const whole = Math.floor(amount);
  return whole + (random.chance(amount - whole) ? 1 : 0);
}
