import { z } from 'zod';

/** A number within bounds; null: what the operator has configured. */
export interface DecimalType {
  readonly kind: 'decimal';
  readonly schema: z.ZodType<number | null>;
  readonly least: number;
  readonly most: number;
}

export function decimal(bounds: Pick<DecimalType, 'least' | 'most'>): DecimalType {
  const schema = z.number().min(bounds.least).max(bounds.most).nullable();
  return { kind: 'decimal', schema, ...bounds };
}
