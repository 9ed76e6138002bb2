import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A player gained experience. */
export const xpGranted = defineEvent({
  name: 'xpGranted',
  version: 1,
  schema: z.object({
    amount: z.int().positive(),
    /** What it was granted for, such as `crafting` or `engagement`. */
    reason: z.string(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    xpGranted: EventOf<typeof xpGranted>;
  }
}
