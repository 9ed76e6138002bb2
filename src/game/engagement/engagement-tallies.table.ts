import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { noteTable } from '../../world/table-notes.ts';

/** The minute under which a person's rest is kept: points that were too few for a whole XP. */
export const REST = 0;

/** What was seen of each person in each minute and hasn't been rewarded yet. */
export const engagementTallies = sqliteTable(
  'engagement_tallies',
  {
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    /** The minute's start, in milliseconds UTC, or {@link REST}. */
    minute: integer().notNull(),
    points: real().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.guildId, table.userId, table.minute] }),
    index('engagement_tallies_by_age').on(table.guildId, table.minute),
  ],
);

noteTable(engagementTallies, { shapes: { points: z.number().nonnegative() } });
