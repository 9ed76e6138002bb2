import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player earned an achievement. */
export const achievementUnlocked = defineEvent({
  name: 'achievementUnlocked',
  version: 1,
  schema: z.object({
    achievementId: z.string(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    achievementUnlocked: EventOf<typeof achievementUnlocked>;
  }
}
