import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The servers in which the bot has said hello: it does so once. */
export const greetedServers = sqliteTable('greeted_servers', {
  guildId: text('guild_id').primaryKey(),
  greetedAt: integer('greeted_at').notNull(),
});
