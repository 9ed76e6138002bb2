import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { noteTable } from '../../world/table-notes.ts';
import { amountsSchema } from '../content/amounts-schema.ts';
import type { ItemAmount } from '../content/catalog.ts';
import { newSeed } from '../seed.ts';

/** What the place promised when the trip began. A later change of the content does not change it. */
export interface TripPromise {
  readonly finds: readonly {
    readonly itemId: string;
    readonly chance: number;
    readonly least: number;
    readonly most: number;
  }[];
  /** By how much more is found, all told: 0.5 is half as much again. */
  readonly bonus: number;
  /** What was taken along. */
  readonly supplies: readonly ItemAmount[];
  readonly xp: number;
}

/** The trips of players, and what they brought. */
export const trips = sqliteTable(
  'trips',
  {
    id: text().primaryKey(),
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    /** Where it was started. */
    channelId: text('channel_id').notNull(),
    placeId: text('place_id').notNull(),
    state: text({ enum: ['active', 'completed', 'cancelled'] }).notNull(),
    startedAt: integer('started_at').notNull(),
    returnsAt: integer('returns_at').notNull(),
    /** When it ended: at its due time, however late that was noticed, or when the player turned back. */
    endedAt: integer('ended_at'),
    promise: text({ mode: 'json' }).$type<TripPromise>().notNull(),
    /** What the finds are rolled with; never shown, it would tell the outcome. */
    seed: text().notNull(),
    /** What was found; known once it is completed. */
    found: text({ mode: 'json' }).$type<readonly ItemAmount[]>(),
    /** The trip that repeats this one: the button under a trip that is back works once. */
    repeatedBy: text('repeated_by'),
  },
  (table) => [index('trips_of_player').on(table.guildId, table.userId, table.state, table.returnsAt)],
);

export type Trip = typeof trips.$inferSelect;

/** Far more than any place promises; a trip that could not end would keep its player from everything else. */
const MOST_FOUND = 1_000_000;
const MOST_BONUS = 100;

const promiseSchema: z.ZodType<TripPromise> = z.object({
  finds: z.array(
    z.object({
      itemId: z.string(),
      chance: z.number().min(0).max(1),
      least: z.int().min(1).max(MOST_FOUND),
      most: z.int().min(1).max(MOST_FOUND),
    }),
  ),
  bonus: z.number().min(0).max(MOST_BONUS),
  supplies: amountsSchema,
  xp: z.int().nonnegative(),
});

noteTable(trips, {
  secret: ['seed'],
  madeAnew: { seed: newSeed },
  shapes: { promise: promiseSchema, found: amountsSchema.nullish() },
});
