import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player took the gift of the day. */
export const dailyClaimed = defineEvent({
  name: 'dailyClaimed',
  version: 1,
  schema: z.object({
    /** The day (UTC), such as 2026-11-23. */
    day: z.iso.date(),
    /** How many days in a row, this one included. */
    streak: z.int().positive(),
    items: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
    xp: z.int().nonnegative(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    dailyClaimed: EventOf<typeof dailyClaimed>;
  }
}
