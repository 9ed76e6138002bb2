import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player took something apart and got back a part of what it was made of. */
export const itemSalvaged = defineEvent({
  name: 'itemSalvaged',
  version: 1,
  schema: z.object({
    itemId: z.string(),
    quantity: z.int().positive(),
    /** How many of them came apart perfectly, which returns half as much again. */
    perfect: z.int().nonnegative(),
    returned: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    itemSalvaged: EventOf<typeof itemSalvaged>;
  }
}
