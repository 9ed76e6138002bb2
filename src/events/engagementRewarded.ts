import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player's share in the life of the server was turned into a reward. */
export const engagementRewarded = defineEvent({
  name: 'engagementRewarded',
  version: 2,
  schema: z.object({
    points: z.number().nonnegative(),
    xp: z.int().nonnegative(),
    /** What came with it now and then. */
    items: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
  }),
  upgrades: {
    1: (data) => ({ ...(data as object), items: [] }),
  },
});

declare module './define-event.ts' {
  interface DomainEvents {
    engagementRewarded: EventOf<typeof engagementRewarded>;
  }
}
