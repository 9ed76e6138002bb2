import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player ordered something while every slot was taken: its materials are reserved, and it waits for its turn. */
export const craftQueued = defineEvent({
  name: 'craftQueued',
  version: 1,
  schema: z.object({
    craftId: z.string(),
    recipeId: z.string(),
    quantity: z.int().positive(),
    inputs: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    craftQueued: EventOf<typeof craftQueued>;
  }
}
