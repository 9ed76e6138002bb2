import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from '../../world/table-notes.ts';

/** The servers that the bot has been in and is not in any more. */
export const leftServers = sqliteTable('left_servers', {
  guildId: text('guild_id').primaryKey(),
  leftAt: integer('left_at').notNull(),
});

// Where the bot is, Discord says to whoever is that bot.
noteTable(leftServers, { exported: false });
