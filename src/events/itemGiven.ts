import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player gave something to another; the event's user is the giver. */
export const itemGiven = defineEvent({
  name: 'itemGiven',
  version: 1,
  schema: z.object({
    /** Who got it. */
    to: z.string(),
    itemId: z.string(),
    quantity: z.int().positive(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    itemGiven: EventOf<typeof itemGiven>;
  }
}
