import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Who plays in which server. What they have is in `balances`. */
export const players = sqliteTable(
  'players',
  {
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    joinedAt: integer('joined_at').notNull(),
    /** Where they played last, which is where they are told what concerns them; null for who only ever chatted. */
    channelId: text('channel_id'),
    /** The language that their Discord spoke when they played last, such as `de`. */
    locale: text(),
    /** The name under which they were known in the server when they played last. */
    name: text(),
    /** Where their picture was then. */
    avatar: text(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.userId] })],
);
