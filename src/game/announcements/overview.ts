import { and, asc, count, eq, getTableColumns, gte, min, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { World } from '../../world/world.ts';
import { DAY } from '../days.ts';
import {
  type Announcement,
  type AnnouncementReason,
  type Audience,
  announcements,
} from './announcements.table.ts';
import { isPending } from './announcements.ts';
import { type ChannelMessage, channelMessages } from './channel-messages.table.ts';
import type { OutletId } from './outlet.ts';
import type { Outlets } from './outlets.ts';
import type { Pacing } from './pacing.ts';

/*
 * What an operator wants to know about what is told. All of it only reads.
 */

/** Which announcements are looked at. */
export interface AnnouncementFilter {
  /** What happened before is left out. */
  readonly since: number;
  readonly state?: Announcement['state'] | undefined;
  readonly guildId?: string | undefined;
}

/** How many announcements are in a state, and why. */
export interface AnnouncementCount {
  readonly audience: Audience;
  readonly state: Announcement['state'];
  readonly reason: AnnouncementReason | null;
  readonly count: number;
}

/** What became of announcements. */
export function countFates(db: BetterSQLite3Database, filter: AnnouncementFilter): AnnouncementCount[] {
  const { audience, state, reason } = announcements;
  return db
    .select({ audience, state, reason, count: count() })
    .from(announcements)
    .where(fits(filter))
    .groupBy(audience, state, reason)
    .orderBy(asc(audience), asc(state), asc(reason))
    .all();
}

/** One announcement, and the message at Discord that tells it. */
export interface ListedAnnouncement extends Announcement {
  readonly discordMessageId: string | null;
}

/** A part of announcements, the oldest first. */
export function listAnnouncements(
  db: BetterSQLite3Database,
  filter: AnnouncementFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): ListedAnnouncement[] {
  return db
    .select({
      ...getTableColumns(announcements),
      discordMessageId: channelMessages.discordMessageId,
    })
    .from(announcements)
    .leftJoin(channelMessages, eq(channelMessages.id, announcements.messageId))
    .where(fits(filter))
    .orderBy(announcements.occurredAt, sql`${announcements}.rowid`)
    .limit(limit)
    .offset(offset)
    .all();
}

/** How much waits to be told, and when the first of it happened. */
export interface Waiting {
  readonly count: number;
  readonly oldestAt: number | null;
}

/** What waits to be told or is under way, over all places. */
export function waitingAnywhere(db: BetterSQLite3Database): Waiting {
  const waiting = { count: count(), oldestAt: min(announcements.occurredAt) };
  return db.select(waiting).from(announcements).where(isPending).get() ?? { count: 0, oldestAt: null };
}

/** The same, place by place. */
export function waitingByPlace(db: BetterSQLite3Database): Map<OutletId, Waiting> {
  const { outletId, occurredAt } = announcements;
  const rows = db
    .select({ outletId, count: count(), oldestAt: min(occurredAt) })
    .from(announcements)
    .where(isPending)
    .groupBy(outletId)
    .all();
  return new Map(rows.map(({ outletId: id, ...waiting }) => [id, waiting]));
}

/** The messages of which it isn't known yet whether they have arrived, the oldest first. */
export function messagesUnderWay(db: BetterSQLite3Database): ChannelMessage[] {
  return db
    .select()
    .from(channelMessages)
    .where(sql`${channelMessages.state} = 'frozen'`)
    .orderBy(channelMessages.frozenAt)
    .all();
}

/** What is measured of all this, each read when it is asked for. */
export function announcementFigures(
  { outlets, pacing }: { readonly outlets: Outlets; readonly pacing: Pacing },
  { reader, clock }: Pick<World, 'reader' | 'clock'>,
) {
  return {
    fates: () => countFates(reader, { since: clock.now() - DAY }),
    waiting: () => {
      const { count, oldestAt } = waitingAnywhere(reader);
      return { count, longest: oldestAt === null ? 0 : Math.max(0, clock.now() - oldestAt) };
    },
    problems: () => outlets.countProblems(reader),
    invalidAnswers: () => pacing.invalidAnswers(reader, clock.now()),
  };
}

function fits({ since, state, guildId }: AnnouncementFilter) {
  return and(
    gte(announcements.occurredAt, since),
    state === undefined ? undefined : eq(announcements.state, state),
    guildId === undefined ? undefined : eq(announcements.guildId, guildId),
  );
}
