import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player put something to work; its materials are taken. */
export const craftStarted = defineEvent({
  name: 'craftStarted',
  version: 1,
  schema: z.object({
    craftId: z.string(),
    recipeId: z.string(),
    quantity: z.int().positive(),
    completesAt: z.int(),
    inputs: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    craftStarted: EventOf<typeof craftStarted>;
  }
}
