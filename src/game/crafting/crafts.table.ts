import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Rarity } from '../../events/rarity.ts';
import type { ItemAmount } from '../content/catalog.ts';

/** What the recipe promised when the craft was started. A later change of the content does not change it. */
export interface CraftPromise {
  /** What was taken for all of them together. */
  readonly inputs: readonly ItemAmount[];
  readonly output: { readonly itemId: string; readonly rarity: Rarity; readonly yields: number };
  /** The XP for all of them together. */
  readonly xp: number;
}

/** What players have at work, and what became of it. */
export const crafts = sqliteTable(
  'crafts',
  {
    id: text().primaryKey(),
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    /** Where it was started. */
    channelId: text('channel_id').notNull(),
    recipeId: text('recipe_id').notNull(),
    quantity: integer().notNull(),
    state: text({ enum: ['active', 'completed', 'cancelled'] }).notNull(),
    startedAt: integer('started_at').notNull(),
    completesAt: integer('completes_at').notNull(),
    /** When it ended: at its due time, however late that was noticed, or when it was cancelled. */
    endedAt: integer('ended_at'),
    promise: text({ mode: 'json' }).$type<CraftPromise>().notNull(),
    /** What its quality is rolled with; never shown, it would tell the outcome. */
    seed: text().notNull(),
    /** How many of it became masterworks; known once it is completed. */
    masterworks: integer(),
  },
  (table) => [
    check('crafts_quantity', sql`${table.quantity} > 0`),
    index('crafts_of_player').on(table.guildId, table.userId, table.state, table.completesAt),
  ],
);

export type Craft = typeof crafts.$inferSelect;
