import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** An admin changed how Forgeling behaves in this server. */
export const settingsChanged = defineEvent({
  name: 'settingsChanged',
  version: 1,
  schema: z.object({
    setting: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    settingsChanged: EventOf<typeof settingsChanged>;
  }
}
