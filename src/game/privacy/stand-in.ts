import type { Random } from '../../world/random.ts';

/** Nine digits of it at a time: more would not be a whole number that can be trusted. */
const PART = 9;

/**
 * The id of somebody who takes the place of a person that is forgotten: it can't be derived from theirs, and Discord never
 * gives one that begins with 0 ("Snowflakes": a number).
 */
export function createStandIn(random: Random): string {
  const part = () => String(random.integer(0, 10 ** PART - 1)).padStart(PART, '0');
  return `0${part()}${part()}`;
}

/** Whether this is nobody any more. */
export function isStandIn(userId: string): boolean {
  return userId.startsWith('0');
}
