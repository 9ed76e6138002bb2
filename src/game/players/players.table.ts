import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Who plays in which server. What they have is in `balances`. */
export const players = sqliteTable(
  'players',
  {
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    joinedAt: integer('joined_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.userId] })],
);
