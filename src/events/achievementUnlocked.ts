import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player earned an achievement. */
export const achievementUnlocked = defineEvent({
  name: 'achievementUnlocked',
  version: 2,
  schema: z.object({
    achievementId: z.string(),
    /** Whether it was earned by what had happened before the achievement was there. */
    retroactive: z.boolean(),
  }),
  upgrades: {
    // At first, achievements counted only what happened from then on.
    1: (data) => ({ ...(data as object), retroactive: false }),
  },
});

declare module './define-event.ts' {
  interface DomainEvents {
    achievementUnlocked: EventOf<typeof achievementUnlocked>;
  }
}
