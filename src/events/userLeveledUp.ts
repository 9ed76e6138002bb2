import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player reached a new level. */
export const userLeveledUp = defineEvent({
  name: 'userLeveledUp',
  version: 2,
  schema: z.object({
    from: z.int().positive(),
    to: z.int().positive(),
    /** What the XP was granted for, such as `crafting` or `engagement`; `unknown` in events of version 1. */
    reason: z.string(),
  }),
  upgrades: {
    1: (data) => ({ ...(data as object), reason: 'unknown' }),
  },
});

declare module './define-event.ts' {
  interface DomainEvents {
    userLeveledUp: EventOf<typeof userLeveledUp>;
  }
}
