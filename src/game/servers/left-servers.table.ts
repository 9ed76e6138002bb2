import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The servers that the bot has been in and is not in any more. */
export const leftServers = sqliteTable('left_servers', {
  guildId: text('guild_id').primaryKey(),
  leftAt: integer('left_at').notNull(),
});
