import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A trip is over and what it found was handed over. It happened when the trip was due back. */
export const itemsGathered = defineEvent({
  name: 'itemsGathered',
  version: 1,
  schema: z.object({
    tripId: z.string(),
    placeId: z.string(),
    items: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
    /** How many items that is in all. */
    total: z.int().nonnegative(),
    /** The XP that the place promised when the trip began. */
    xp: z.int().nonnegative(),
    /** Where the trip was started. */
    channelId: z.string(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    itemsGathered: EventOf<typeof itemsGathered>;
  }
}
