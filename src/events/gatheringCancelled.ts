import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player turned back before a trip was over, with empty hands. */
export const gatheringCancelled = defineEvent({
  name: 'gatheringCancelled',
  version: 1,
  schema: z.object({
    tripId: z.string(),
    placeId: z.string(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    gatheringCancelled: EventOf<typeof gatheringCancelled>;
  }
}
