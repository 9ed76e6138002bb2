import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { noteTable } from '../../world/table-notes.ts';

/** What keeps the bot from writing somewhere. */
export const OUTLET_PROBLEMS = [
  /** The channel does not exist any more. */
  'channelGone',
  /** The bot cannot see the channel. */
  'missingAccess',
  /** The bot sees the channel and may not write in it. */
  'missingPermissions',
  /** Discord refuses for another reason, which is noted beside it. */
  'refused',
  /** The person takes no direct messages from the bot. */
  'directMessagesClosed',
] as const;

export type OutletProblem = (typeof OUTLET_PROBLEMS)[number];

/** Where the bot has something to tell: channels of servers, and people's direct messages. */
export const outlets = sqliteTable(
  'outlets',
  {
    /** A channel's id, or one of our own: see `outlet.ts`. */
    id: text().primaryKey(),
    /** Null for direct messages, which belong to no server. */
    guildId: text('guild_id'),
    /** Whose direct messages these are; null for channels. */
    userId: text('user_id'),
    /** What Discord calls it; null for direct messages that were never opened. */
    channelId: text('channel_id'),
    /** A paused one is tried again by itself, a closed one is not. */
    state: text({ enum: ['open', 'paused', 'closed'] }).notNull(),
    problem: text({ enum: OUTLET_PROBLEMS }),
    /** What Discord said about it. */
    detail: text(),
    /** Since when it is in this state. */
    since: integer().notNull(),
    /** When it is tried again although nothing is known to have changed. */
    probeAt: integer('probe_at'),
    /** How often that was in vain. */
    probes: integer().notNull().default(0),
    /** When the server's admins were told of the problem: once, until it is over. */
    adminsToldAt: integer('admins_told_at'),
    /** Discord is asked for nothing there before this: it said so itself, or others have their turn first. */
    restUntil: integer('rest_until'),
    /** When it got its last message. */
    lastMessageAt: integer('last_message_at'),
  },
  (table) => [
    index('outlets_of_server').on(table.guildId),
    // One for each person. Channels have none, and nothing is as good as another nothing here.
    uniqueIndex('outlets_of_person').on(table.userId),
  ],
);

export type Outlet = typeof outlets.$inferSelect;

noteTable(outlets, { exported: false });
