import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** One of those who run a server asked for everything of it as a file. */
export const serverExported = defineEvent({
  name: 'serverExported',
  version: 1,
  schema: z.object({}),
  adminAction: ({ userId }) => ({ adminId: userId ?? '', userId: null, undoes: null }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    serverExported: EventOf<typeof serverExported>;
  }
}
