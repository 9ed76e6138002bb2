import { z } from 'zod';

/** How many of which items, as rows hold it. */
export const amountsSchema = z.array(z.object({ itemId: z.string(), quantity: z.int().nonnegative() }));
