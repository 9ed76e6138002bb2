import { z } from 'zod';
import type { Asset } from '../world/ledger.ts';

/** What a person can have an amount of, as the ledger calls it. */
export const assetSchema: z.ZodType<Asset> = z.union([
  z.literal('xp'),
  z.templateLiteral(['item:', z.string().min(1)]),
]);
