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
    /** True where nothing was set before: the default counted, whatever it will be. */
    wasUnset: z.literal(true).optional(),
    /** The event of the change that was taken back by this one. */
    undoes: z.string().optional(),
  }),
  adminAction: ({ userId, data }) => ({ adminId: userId ?? '', userId: null, undoes: data.undoes ?? null }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    settingsChanged: EventOf<typeof settingsChanged>;
  }
}
