import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * What announcements tell, by kind. Each card in `src/cards` adds its own:
 *
 * ```ts
 * declare module '../game/announcements/announcements.table.ts' {
 *   interface AnnouncementSubjects { rareItem: { itemId: string } }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface AnnouncementSubjects {}

export type AnnouncementKind = keyof AnnouncementSubjects & string;

/** What an announcement of a kind tells. */
export type AnnouncementSubject<Kind extends AnnouncementKind = AnnouncementKind> = {
  [Each in Kind]: { readonly kind: Each } & AnnouncementSubjects[Each];
}[Kind];

/** A message to a channel: frozen before it is sent, so that every retry sends exactly the same. */
export const channelMessages = sqliteTable(
  'channel_messages',
  {
    /** Also the nonce by which Discord knows a repetition: 22 characters of at most 25. */
    id: text().primaryKey(),
    guildId: text('guild_id').notNull(),
    channelId: text('channel_id').notNull(),
    /** What is sent to Discord, word for word. */
    body: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    state: text({ enum: ['frozen', 'sent', 'undeliverable'] }).notNull(),
    frozenAt: integer('frozen_at').notNull(),
    endedAt: integer('ended_at'),
    discordMessageId: text('discord_message_id'),
    /** Why it could not be delivered. */
    reason: text(),
  },
  (table) => [index('channel_messages_frozen').on(table.channelId).where(sql`state = 'frozen'`)],
);

export type ChannelMessage = typeof channelMessages.$inferSelect;

/** What is worth telling a server; told by the message it became part of. */
export const announcements = sqliteTable(
  'announcements',
  {
    id: text().primaryKey(),
    guildId: text('guild_id').notNull(),
    channelId: text('channel_id').notNull(),
    userId: text('user_id').notNull(),
    subject: text({ mode: 'json' }).$type<AnnouncementSubject>().notNull(),
    state: text({ enum: ['pending', 'sent', 'undeliverable'] }).notNull(),
    occurredAt: integer('occurred_at').notNull(),
    messageId: text('message_id').references(() => channelMessages.id),
  },
  (table) => [
    index('announcements_to_tell').on(table.channelId, table.occurredAt).where(sql`message_id IS NULL`),
    index('announcements_of_message').on(table.messageId),
  ],
);

export type Announcement = typeof announcements.$inferSelect;

/** An announcement of one kind. */
export type AnnouncementOf<Kind extends AnnouncementKind> = Announcement & {
  readonly subject: AnnouncementSubject<Kind>;
};
