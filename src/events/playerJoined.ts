import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** Somebody crafted in this server or took part in it for the first time, and got the starter materials. */
export const playerJoined = defineEvent({
  name: 'playerJoined',
  version: 1,
  schema: z.object({
    starterItems: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    playerJoined: EventOf<typeof playerJoined>;
  }
}
