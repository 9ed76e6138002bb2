import { z } from 'zod';
import { defineEvent, type EventOf } from './define-event.ts';
import { raritySchema } from './rarity.ts';

/** A craft ended and what it made was handed over. It happened when the craft was due. */
export const itemCrafted = defineEvent({
  name: 'itemCrafted',
  version: 1,
  schema: z.object({
    craftId: z.string(),
    recipeId: z.string(),
    itemId: z.string(),
    rarity: raritySchema,
    /** How many crafts of the recipe this was. */
    crafted: z.int().positive(),
    /** How many of them were masterworks, which yield double. */
    masterworks: z.int().nonnegative(),
    /** How many items were handed over. */
    quantity: z.int().positive(),
    /** The XP that the recipe promised when the craft was started, for all of them. */
    xp: z.int().nonnegative(),
    /** Where the craft was started. */
    channelId: z.string(),
  }),
});

declare module './define-event.ts' {
  interface DomainEvents {
    itemCrafted: EventOf<typeof itemCrafted>;
  }
}
