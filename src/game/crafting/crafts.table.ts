import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { type Rarity, raritySchema } from '../../events/rarity.ts';
import { noteTable } from '../../world/table-notes.ts';
import { amountsSchema } from '../content/amounts-schema.ts';
import type { ItemAmount } from '../content/catalog.ts';
import { newSeed } from '../seed.ts';

/** What the recipe promised when the craft was started. A later change of the content does not change it. */
export interface CraftPromise {
  /** What was taken for all of them together. */
  readonly inputs: readonly ItemAmount[];
  readonly output: { readonly itemId: string; readonly rarity: Rarity; readonly yields: number };
  /** The XP for all of them together. */
  readonly xp: number;
  /** How likely each became a masterwork, in percent; 10 where it isn't said. */
  readonly masterworkChance?: number;
}

const promiseSchema: z.ZodType<CraftPromise> = z.object({
  inputs: amountsSchema,
  output: z.object({ itemId: z.string(), rarity: raritySchema, yields: z.int().positive() }),
  xp: z.int().nonnegative(),
  masterworkChance: z.number().min(0).max(100).exactOptional(),
});

/** What isn't over: literally, so that SQLite sees that the index of these is meant. */
export const OPEN = sql`state IN ('waiting', 'active')`;

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
    state: text({ enum: ['waiting', 'active', 'completed', 'cancelled'] }).notNull(),
    /** When it was ordered: the materials are the craft's from then on, and the queue is in this order. */
    orderedAt: integer('ordered_at').notNull(),
    /** Tells the order of what was ordered at the same time, for each player from 1 on. */
    place: integer().notNull(),
    /** How long the work takes, in milliseconds. */
    duration: integer().notNull(),
    /** Null while it waits for a free slot. */
    startedAt: integer('started_at'),
    /** Null while it waits for a free slot. */
    completesAt: integer('completes_at'),
    /** When it ended: at its due time, however late that was noticed, or when it was cancelled. */
    endedAt: integer('ended_at'),
    promise: text({ mode: 'json' }).$type<CraftPromise>().notNull(),
    /** What its quality is rolled with; never shown, it would tell the outcome. */
    seed: text().notNull(),
    /** How many of it became masterworks; known once it is completed. */
    masterworks: integer(),
    /** The craft that repeats this one: the button under a finished craft works once. */
    repeatedBy: text('repeated_by'),
  },
  (table) => [
    check('crafts_quantity', sql`${table.quantity} > 0`),
    check('crafts_started', sql`${table.state} <> 'active' OR ${table.completesAt} IS NOT NULL`),
    index('crafts_of_player').on(table.guildId, table.userId, table.state, table.completesAt),
    index('crafts_in_order').on(table.guildId, table.userId, table.place),
    index('crafts_open').on(table.guildId, table.userId, table.place).where(OPEN),
  ],
);

export type Craft = typeof crafts.$inferSelect;

/** A craft that is at work. */
export type ActiveCraft = Craft & {
  readonly state: 'active';
  readonly startedAt: number;
  readonly completesAt: number;
};

/** Whether a craft is at work; the table sees to it that its times are known then. */
export function isActive(craft: Craft): craft is ActiveCraft {
  return craft.state === 'active';
}

/** Far more than can be ordered at once: each piece is looked at when the craft ends. */
const MOST_PIECES = 1_000;

noteTable(crafts, {
  secret: ['seed'],
  madeAnew: { seed: newSeed },
  shapes: { quantity: z.int().min(1).max(MOST_PIECES), promise: promiseSchema },
});
