import { z } from 'zod';

/** What something is multiplied by: for good, and perhaps otherwise for a while. */
export interface TimedFactor {
  readonly base: number;
  /** What counts instead up to a moment, in milliseconds UTC. Once that is over it may still be here, and counts no more. */
  readonly boost: { readonly factor: number; readonly until: number } | null;
}

/** A {@link TimedFactor} within bounds. */
export interface FactorType {
  readonly kind: 'factor';
  readonly schema: z.ZodType<TimedFactor>;
  readonly least: number;
  readonly most: number;
}

export function factor(bounds: Pick<FactorType, 'least' | 'most'>): FactorType {
  const number = z.number().min(bounds.least).max(bounds.most);
  const boost = z.object({ factor: number, until: z.int().nonnegative() });
  return { kind: 'factor', schema: z.object({ base: number, boost: boost.nullable() }), ...bounds };
}

/** What a factor is at a moment. */
export function factorAt({ base, boost }: TimedFactor, moment: number): number {
  return isBoosted({ base, boost }, moment) && boost ? boost.factor : base;
}

/** Whether something else than the base counts at a moment. */
export function isBoosted({ boost }: TimedFactor, moment: number): boolean {
  return boost !== null && moment < boost.until;
}
