import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player set out for a place. */
export const gatheringStarted = defineEvent({
  name: 'gatheringStarted',
  version: 1,
  schema: z.object({
    tripId: z.string(),
    placeId: z.string(),
    returnsAt: z.int(),
    /** What was taken along and is used up. */
    supplies: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    gatheringStarted: EventOf<typeof gatheringStarted>;
  }
}
