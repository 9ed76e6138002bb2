import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player gave a craft up and got back what was left of its materials. */
export const craftCancelled = defineEvent({
  name: 'craftCancelled',
  version: 1,
  schema: z.object({
    craftId: z.string(),
    recipeId: z.string(),
    quantity: z.int().positive(),
    refund: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    craftCancelled: EventOf<typeof craftCancelled>;
  }
}
