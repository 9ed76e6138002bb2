import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { noteTable } from '../../world/table-notes.ts';
import { channelMessages } from './channel-messages.table.ts';

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

/** Whom something is told: everybody in a server, one player, or those who run the server. */
export const AUDIENCES = ['server', 'player', 'admins'] as const;

export type Audience = (typeof AUDIENCES)[number];

/**
 * What became of an announcement:
 *
 * - `pending`: waits for its turn, or is in a message that is under way
 * - `inbox`: could not be brought to the player, who is shown it after their next command
 * - `sent`: stands in a message by itself, or was shown from the inbox
 * - `folded`: is counted in a digest
 * - `undeliverable`: will not be told, for the reason given
 * - `unknown`: may have been told; Discord did not say, and the bot cannot look
 */
export const ANNOUNCEMENT_STATES = [
  'pending',
  'inbox',
  'sent',
  'folded',
  'undeliverable',
  'unknown',
] as const;

/** Why an announcement is where it is. */
export const ANNOUNCEMENT_REASONS = [
  /** No way to the player was open. */
  'noWayOpen',
  /** It was shown after a command. */
  'shownInInbox',
  /** Discord refused the message as malformed. */
  'malformed',
  /** There is nothing any more that could show it. */
  'notShowable',
  /** An admin turned announcements off before it was told. */
  'turnedOff',
  /** The bot is not in the server any more. */
  'leftServer',
  /** Its channel belongs to another server, which a file from outside may name. */
  'foreignChannel',
  /** Discord did not say whether the message arrived, and the bot cannot look. */
  'outcomeUnknown',
] as const;

export type AnnouncementReason = (typeof ANNOUNCEMENT_REASONS)[number];

/** What is worth telling a server, a player or the admins; told by the message it became part of. */
export const announcements = sqliteTable(
  'announcements',
  {
    id: text().primaryKey(),
    guildId: text('guild_id').notNull(),
    /** Whom it is about; for the admins' own, the server's owner. */
    userId: text('user_id').notNull(),
    audience: text({ enum: AUDIENCES }).notNull(),
    /** Its place in the server, where it is told unless it goes another way. */
    channelId: text('channel_id').notNull(),
    /** Where it is to be told, or was: see `outlets`. */
    outletId: text('outlet_id').notNull(),
    /** How many ways have been tried before this one. */
    rung: integer().notNull().default(0),
    /** Whether the player asked to be notified by a mention. */
    pings: integer({ mode: 'boolean' }).notNull().default(false),
    subject: text({ mode: 'json' }).$type<AnnouncementSubject>().notNull(),
    state: text({ enum: ANNOUNCEMENT_STATES }).notNull(),
    reason: text({ enum: ANNOUNCEMENT_REASONS }),
    occurredAt: integer('occurred_at').notNull(),
    endedAt: integer('ended_at'),
    messageId: text('message_id').references(() => channelMessages.id),
    /** Whether its message only counts it. */
    isCounted: integer('is_counted', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    index('announcements_to_tell')
      .on(table.outletId, table.audience, table.occurredAt)
      .where(sql`state = 'pending'`),
    index('announcements_in_inbox').on(table.guildId, table.userId).where(sql`state = 'inbox'`),
    index('announcements_open_in_server').on(table.guildId).where(sql`state IN ('pending', 'inbox')`),
    index('announcements_of_message').on(table.messageId),
    index('announcements_by_time').on(table.occurredAt),
  ],
);

export type Announcement = typeof announcements.$inferSelect;

/** An announcement of one kind. */
export type AnnouncementOf<Kind extends AnnouncementKind> = Announcement & {
  readonly subject: AnnouncementSubject<Kind>;
};

noteTable(announcements, {
  // What is in a message may have been told already; what was told is of no use elsewhere.
  exported: sql`state IN ('pending', 'inbox') AND message_id IS NULL`,
  // Which ways are open, each world has to find out.
  madeAnew: { outletId: () => '', rung: () => 0 },
  shapes: { subject: z.looseObject({ kind: z.string() }) },
});
