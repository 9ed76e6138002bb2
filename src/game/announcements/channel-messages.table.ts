import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from '../../world/table-notes.ts';

/** A message to a channel: frozen before it is sent, so that every retry sends exactly the same. */
export const channelMessages = sqliteTable(
  'channel_messages',
  {
    /** Also the nonce by which Discord knows a repetition: 22 characters of at most 25. */
    id: text().primaryKey(),
    guildId: text('guild_id').notNull(),
    /** Where it is sent to: see `outlets`. */
    outletId: text('outlet_id').notNull(),
    /** The same as Discord calls it. */
    channelId: text('channel_id').notNull(),
    audience: text({ enum: ['server', 'player', 'admins'] }).notNull(),
    /** What is sent to Discord, word for word. */
    body: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    state: text({ enum: ['frozen', 'sent', 'undeliverable', 'unknown'] }).notNull(),
    /** When it was sent for the first time. */
    frozenAt: integer('frozen_at').notNull(),
    /** When it was sent for the last time. */
    triedAt: integer('tried_at').notNull(),
    attempts: integer().notNull(),
    /** Not sent again before this. */
    retryAt: integer('retry_at'),
    /** Up to which of the channel's messages it was looked for, when it may have arrived long ago. */
    searchedTo: text('searched_to'),
    /**
     * By what it is found in the channel where its body is gone, since somebody of whom it tells was forgotten while it was
     * under way: it says nothing itself. Null for all others.
     */
    mark: text(),
    endedAt: integer('ended_at'),
    discordMessageId: text('discord_message_id'),
    /** Why it could not be delivered, or what went wrong last. */
    reason: text(),
  },
  (table) => [
    index('channel_messages_frozen').on(table.outletId).where(sql`state = 'frozen'`),
    index('channel_messages_told').on(table.outletId, table.audience, table.endedAt),
  ],
);

export type ChannelMessage = typeof channelMessages.$inferSelect;

// A message tells of several people, and some only to admins: what is told of somebody stands in their announcements and events.
noteTable(channelMessages, { exported: false, secret: ['body', 'mark'] });
