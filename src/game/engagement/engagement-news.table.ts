import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What taking part has brought those who want to be told, and hasn't been told yet. */
export const engagementNews = sqliteTable(
  'engagement_news',
  {
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    /** As in the ledger: `xp`, or `item:` and its id. */
    asset: text().notNull(),
    quantity: integer().notNull(),
    /** When it is told, if nothing of theirs is told before. */
    tellAt: integer('tell_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.guildId, table.userId, table.asset] }),
    index('engagement_news_by_time').on(table.guildId, table.tellAt),
  ],
);
