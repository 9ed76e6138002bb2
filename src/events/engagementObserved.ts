import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A message, a reaction or a command was seen. Dispatched, but not kept: there are too many of them. */
export const engagementObserved = defineEvent({
  name: 'engagementObserved',
  version: 2,
  kept: false,
  schema: z.object({
    kind: z.enum(['message', 'reaction', 'command']),
    channelId: z.string(),
    /** The channel that a thread belongs to; null outside of threads. */
    parentId: z.string().nullable(),
  }),
  upgrades: {
    1: (data) => ({ ...(data as object), parentId: null }),
  },
});

declare module './define-event.ts' {
  interface DomainEvents {
    engagementObserved: EventOf<typeof engagementObserved>;
  }
}
