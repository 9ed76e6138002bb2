import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What happened in each server on each day (UTC), counted. */
export const dailyCounts = sqliteTable(
  'daily_counts',
  {
    guildId: text('guild_id').notNull(),
    /** Such as 2026-11-23. */
    day: text().notNull(),
    metric: text().notNull(),
    value: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.day, table.metric] })],
);
