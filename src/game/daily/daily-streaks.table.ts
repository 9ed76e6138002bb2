import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** When each player last took the gift of the day, and how many days in a row. */
export const dailyStreaks = sqliteTable(
  'daily_streaks',
  {
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    /** The last day (UTC) that was claimed, such as 2026-11-23. */
    lastDay: text('last_day').notNull(),
    streak: integer().notNull(),
    longest: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.userId] })],
);
