import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';

/** A server as a whole has done so much of something that it is worth telling; about the player whose deed made it so. */
export const serverMilestoneReached = defineEvent({
  name: 'serverMilestoneReached',
  version: 1,
  schema: z.object({
    /** What was counted, such as `itemsCrafted`. */
    metric: z.string(),
    /** The milestone; how much it is by now may be more. */
    milestone: z.int().positive(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    serverMilestoneReached: EventOf<typeof serverMilestoneReached>;
  }
}
