import { z } from 'zod';
import { assetSchema } from './asset.ts';
import { defineEvent, type EventOf } from './define-event.ts';

/** Somebody who runs the server gave a player something or took it away; the event's user is the player. */
export const balanceAdjusted = defineEvent({
  name: 'balanceAdjusted',
  version: 1,
  schema: z.object({
    asset: assetSchema,
    /** How much more they have by it; less than 0 where it was taken. */
    change: z.int().refine((change) => change !== 0, 'nothing changed'),
    before: z.int().nonnegative(),
    after: z.int().nonnegative(),
    /** In the words of whoever did it. */
    reason: z.string(),
    adminId: z.string(),
    /** The event of the adjustment that was taken back by this one. */
    undoes: z.string().nullable(),
  }),
  ownWords: ['reason'],
  adminAction: ({ userId, data }) => ({ adminId: data.adminId, userId, undoes: data.undoes }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    balanceAdjusted: EventOf<typeof balanceAdjusted>;
  }
}
