import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** How much of something a server has done in all, by what is counted. */
export const serverTotals = sqliteTable(
  'server_totals',
  {
    guildId: text('guild_id').notNull(),
    /** The same names as in `daily_counts`. */
    metric: text().notNull(),
    value: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.metric] })],
);
