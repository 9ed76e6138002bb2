import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player's share in the life of the server was turned into a reward. */
export const engagementRewarded = defineEvent({
  name: 'engagementRewarded',
  version: 1,
  schema: z.object({
    points: z.number().nonnegative(),
    xp: z.int().nonnegative(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    engagementRewarded: EventOf<typeof engagementRewarded>;
  }
}
