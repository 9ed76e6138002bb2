import type { Random } from '../world/random.ts';

/** What an outcome is rolled with later, so that nobody can foretell it. */
export function newSeed(random: Random): string {
  return String(random.integer(0, Number.MAX_SAFE_INTEGER));
}
