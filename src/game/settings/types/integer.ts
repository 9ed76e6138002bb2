import { z } from 'zod';

/** A whole number within bounds. */
export interface IntegerType {
  readonly kind: 'integer';
  readonly schema: z.ZodType<number>;
  readonly least: number;
  readonly most: number;
  /** What it is a number of, where that has words of its own everywhere. */
  readonly unit?: 'seconds';
}

export function integer(bounds: Pick<IntegerType, 'least' | 'most' | 'unit'>): IntegerType {
  return { kind: 'integer', schema: z.int().min(bounds.least).max(bounds.most), ...bounds };
}
