import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player reached a new level. */
export const userLeveledUp = defineEvent({
  name: 'userLeveledUp',
  version: 1,
  schema: z.object({
    from: z.int().positive(),
    to: z.int().positive(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    userLeveledUp: EventOf<typeof userLeveledUp>;
  }
}
