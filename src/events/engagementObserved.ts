import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A message, a reaction or a command was seen. Dispatched, but not kept: there are too many of them. */
export const engagementObserved = defineEvent({
  name: 'engagementObserved',
  version: 1,
  kept: false,
  schema: z.object({
    kind: z.enum(['message', 'reaction', 'command']),
    channelId: z.string(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    engagementObserved: EventOf<typeof engagementObserved>;
  }
}
