import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player changed how Forgeling treats them. */
export const preferenceChanged = defineEvent({
  name: 'preferenceChanged',
  version: 1,
  schema: z.object({
    preference: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    preferenceChanged: EventOf<typeof preferenceChanged>;
  }
}
