import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of chance that is the same every time for the same seed. */
export interface Random {
  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean;
  /** A whole number from `minimum` to `maximum`, both included. */
  integer(minimum: number, maximum: number): number;
}

/**
 * @param seed any text; equal texts give equal streams
 */
export function seededRandom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  return {
    chance: (probability) => uniformFloat64(generator) < probability,
    integer: (minimum, maximum) => uniformInt(generator, minimum, maximum),
  };
}
