import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** The bot is not in a server any more. */
export const serverLeft = defineEvent({
  name: 'serverLeft',
  version: 1,
  schema: z.object({}),
});

declare module './define-event.ts' {
  interface DomainEvents {
    serverLeft: EventOf<typeof serverLeft>;
  }
}
