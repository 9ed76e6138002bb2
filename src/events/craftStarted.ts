import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** Something was put to work: at once, with its materials taken now, or when its turn in the queue had come. */
export const craftStarted = defineEvent({
  name: 'craftStarted',
  version: 2,
  schema: z.object({
    craftId: z.string(),
    recipeId: z.string(),
    quantity: z.int().positive(),
    completesAt: z.int(),
    /** What was put to work; already reserved if it comes from the queue. */
    inputs: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
    fromQueue: z.boolean(),
  }),
  upgrades: {
    // Before there was a queue, everything started at once.
    1: (data) => ({ ...(data as object), fromQueue: false }),
  },
});

declare module './define-event.ts' {
  interface DomainEvents {
    craftStarted: EventOf<typeof craftStarted>;
  }
}
