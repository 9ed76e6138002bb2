import { and, count, eq, gte, inArray, isNull, lte, ne, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { isStandIn } from '../privacy/stand-in.ts';
import type { Resumable } from '../resumable.ts';
import type { Servers } from '../servers/servers.ts';
import type { Settings } from '../settings/settings.ts';
import {
  type Announcement,
  type AnnouncementKind,
  type AnnouncementReason,
  type AnnouncementSubject,
  type Audience,
  announcements,
} from './announcements.table.ts';
import { channelMessages } from './channel-messages.table.ts';
import { isDirect, type OutletId } from './outlet.ts';
import type { Outlets } from './outlets.ts';
import { ANNOUNCEMENT_ROUTES, announcementChannel, logChannel } from './settings.ts';
import { isPrivate, notificationWay } from './ways.ts';

declare module '../../world/outbox.ts' {
  interface JobPayloads {
    discordNotify: { outletId: OutletId };
  }
}

/** So long is waited for more to tell before a message is made of it, in milliseconds. */
const COLLECTED_FOR = 1_000;

export interface AnnouncementServices {
  readonly settings: Settings;
  readonly preferences: Preferences;
  readonly servers: Servers;
  readonly outlets: Outlets;
}

/** Where something goes: the place, and how many ways were found closed before it. */
interface Route {
  readonly outletId: OutletId;
  readonly rung: number;
}

/** A way to tell something: in a channel, or to somebody directly. */
type WayTo = { readonly channelId: string } | { readonly userId: string };

/** What is told to servers, players and admins: written down in the action, told by the job `discordNotify`. */
export class Announcements implements Resumable {
  readonly #services: AnnouncementServices;

  constructor(services: AnnouncementServices) {
    this.#services = services;
  }

  /** Tells the server something about somebody; does nothing in a server that chose no channel for such things. */
  announce(tx: Tx, holder: Holder, subject: AnnouncementSubject): void {
    const channelId = this.channelFor(tx.db, holder.guildId, subject.kind);
    if (channelId === null) return;
    this.#write(tx, holder, subject, {
      audience: 'server',
      channelId,
      route: { outletId: channelId, rung: 0 },
    });
  }

  /**
   * Tells a player something that concerns them, the way they chose for it: in the channel where it began, by direct
   * message, or not at all. Where that way is closed it goes the other one, and where both are it waits in their inbox.
   * What is private never goes into a channel.
   *
   * @param channelId where it began
   */
  tell(tx: Tx, holder: Holder, channelId: string, subject: AnnouncementSubject): void {
    const way = this.#services.preferences.get(tx.db, holder, notificationWay(subject.kind));
    // A listener that failed may come to tell somebody who has been forgotten since.
    if (way === 'off' || isStandIn(holder.userId)) return;
    const channel = isPrivate(subject.kind) ? undefined : { channelId };
    const direct = { userId: holder.userId };
    this.#write(tx, holder, subject, {
      audience: 'player',
      channelId,
      pings: way === 'channel',
      route: this.#routeBy(tx, way === 'direct' ? [direct, channel] : [channel, direct]),
    });
  }

  /**
   * Tells those who run a server something they should know: in its log channel, else the owner by direct message.
   *
   * @param ownerId undefined where it isn't known who owns the server
   * @param about the channel that it is about
   */
  tellAdmins(
    tx: Tx,
    { guildId, ownerId }: { guildId: string; ownerId: string | undefined },
    about: string,
    subject: AnnouncementSubject,
  ): void {
    const log = this.#services.settings.get(tx.db, guildId, logChannel);
    this.#write(tx, { guildId, userId: ownerId ?? '' }, subject, {
      audience: 'admins',
      channelId: log ?? about,
      route: this.#routeBy(tx, [
        log === null || log === about ? undefined : { channelId: log },
        ownerId === undefined ? undefined : { userId: ownerId },
      ]),
    });
  }

  /** Tells those who run a server what they could not be told of its paused channels, now that they have a log channel. */
  tellUnheard(tx: Tx, guildId: string, log: string): void {
    for (const { id, adminsToldAt } of this.#services.outlets.paused(tx.db, guildId)) {
      if (adminsToldAt === null) continue;
      const unheard = tx.db
        .select()
        .from(announcements)
        .where(
          and(
            eq(announcements.guildId, guildId),
            eq(announcements.audience, 'admins'),
            eq(announcements.state, 'undeliverable'),
            eq(announcements.reason, 'noWayOpen'),
            sql`${announcements.subject} ->> 'kind' = 'channelPaused'`,
            sql`${announcements.subject} ->> 'channelId' = ${id}`,
            gte(announcements.occurredAt, adminsToldAt),
          ),
        )
        .all();
      for (const announcement of unheard) this.#send(tx, announcement, { outletId: log, rung: LAST_RUNG });
    }
  }

  /**
   * Tells those who run a server, in its log channel, what one of them did. Does nothing in a server that chose none: it
   * is in their record all the same.
   *
   * @param admin who did it
   */
  tellLog(tx: Tx, { guildId, userId }: Holder, subject: AnnouncementSubject): void {
    const channelId = this.#services.settings.get(tx.db, guildId, logChannel);
    if (channelId === null) return;
    const route = { outletId: channelId, rung: LAST_RUNG };
    this.#write(tx, { guildId, userId }, subject, { audience: 'admins', channelId, route });
  }

  /**
   * Tells those who run a server something in one channel, and nowhere else: what is about the channel itself.
   *
   * @returns false when one of its kind is on its way there already: pressed a hundred times, a button sends one
   */
  tellHere(tx: Tx, { guildId, userId }: Holder, channelId: string, subject: AnnouncementSubject): boolean {
    const underWay = tx.db
      .select({ id: announcements.id })
      .from(announcements)
      .where(
        and(
          isOpenIn(guildId),
          eq(announcements.outletId, channelId),
          eq(announcements.audience, 'admins'),
          sql`${announcements.subject} ->> 'kind' = ${subject.kind}`,
        ),
      )
      .limit(1)
      .get();
    if (underWay) return false;
    const route = { outletId: channelId, rung: LAST_RUNG };
    this.#write(tx, { guildId, userId }, subject, { audience: 'admins', channelId, route });
    return true;
  }

  /** Asks that a place be looked at, since there may be something to tell there. */
  request(tx: Tx, outletId: OutletId, runAt: number): void {
    tx.request({ task: 'discordNotify', id: outletId, payload: { outletId }, runAt });
  }

  /**
   * Lets what could not be told to players and admins in a place go the next way. What is for the server stays: it has
   * no other way.
   */
  reroute(tx: Tx, outletId: OutletId): void {
    const stranded = tx.db
      .select()
      .from(announcements)
      .where(and(isToTell(outletId), inArray(announcements.audience, ['player', 'admins'])))
      .orderBy(announcements.occurredAt, sql`rowid`)
      .all();
    for (const announcement of stranded) this.#goOn(tx, announcement);
  }

  /**
   * Tells nothing in a channel of what happened in other servers than its own: it is given up, or goes another way.
   *
   * @param home whose channel it is; null where it is of no server
   */
  keepHome(tx: Tx, outletId: OutletId, home: string | null): void {
    const foreign = tx.db
      .select()
      .from(announcements)
      .where(and(isToTell(outletId), ne(announcements.guildId, home ?? '')))
      .orderBy(announcements.occurredAt, sql`rowid`)
      .all();
    for (const announcement of foreign) this.#goOn(tx, announcement, 'foreignChannel');
  }

  /** Where a server is told announcements of a kind; null: nowhere. */
  channelFor(db: BetterSQLite3Database, guildId: string, kind: AnnouncementKind): string | null {
    const { settings } = this.#services;
    const definition = ANNOUNCEMENT_ROUTES[kind];
    const route = definition ? settings.get(db, guildId, definition) : 'usual';
    if (route === 'off') return null;
    return route === 'usual' ? settings.get(db, guildId, announcementChannel) : route;
  }

  /** Every channel in which a server is told something, the usual one first. */
  channelsOf(db: BetterSQLite3Database, guildId: string): string[] {
    const usual = this.#services.settings.get(db, guildId, announcementChannel);
    const kinds = Object.keys(ANNOUNCEMENT_ROUTES) as AnnouncementKind[];
    const routed = kinds.map((kind) => this.channelFor(db, guildId, kind));
    return [...new Set([usual, ...routed])].filter((channelId) => channelId !== null);
  }

  /** Whether those who run a server have chosen a channel for announcements or for what they should know. */
  isChosen(db: BetterSQLite3Database, guildId: string, channelId: string): boolean {
    const log = this.#services.settings.get(db, guildId, logChannel);
    return channelId === log || this.channelsOf(db, guildId).includes(channelId);
  }

  /** What was given up since nobody knew whether its message had arrived can be told after all. @returns whether there is any */
  reopen(tx: Tx, messageId: string): boolean {
    const { changes } = tx.db
      .update(announcements)
      .set({ state: 'pending', reason: null, endedAt: null })
      .where(
        and(
          eq(announcements.messageId, messageId),
          eq(announcements.state, 'unknown'),
          eq(announcements.reason, 'outcomeUnknown'),
        ),
      )
      .run();
    return changes > 0;
  }

  /** What a message was to tell that was certainly not sent is to be told anew. */
  release(tx: Tx, messageId: string): void {
    tx.db
      .update(announcements)
      .set({ messageId: null, isCounted: false })
      .where(eq(announcements.messageId, messageId))
      .run();
  }

  /** Lets what is to be announced to a server go where that is told by now; what is told nowhere any more is given up. */
  redirect(tx: Tx, guildId: string): void {
    const ofServer = and(
      isOpenIn(guildId),
      eq(announcements.audience, 'server'),
      eq(announcements.state, 'pending'),
      isNull(announcements.messageId),
    );
    const kindOf = sql<AnnouncementKind>`${announcements.subject} ->> 'kind'`;
    const kinds = tx.db.selectDistinct({ kind: kindOf }).from(announcements).where(ofServer).all();
    for (const { kind } of kinds) {
      const channelId = this.channelFor(tx.db, guildId, kind);
      const change =
        channelId === null
          ? ({ state: 'undeliverable', reason: 'turnedOff', endedAt: tx.now } as const)
          : { channelId, outletId: channelId };
      tx.db
        .update(announcements)
        .set(change)
        .where(and(ofServer, eq(kindOf, kind)))
        .run();
      if (channelId !== null) this.request(tx, channelId, tx.now);
    }
  }

  /** Tells nothing any more to a server that the bot has left. A message under way there may have arrived or not. */
  giveUp(tx: Tx, guildId: string): void {
    const ended = { reason: 'leftServer', endedAt: tx.now } as const;
    tx.db
      .update(announcements)
      .set({ ...ended, state: sql`iif(${announcements.messageId} IS NULL, 'undeliverable', 'unknown')` })
      // What came after may be heard of before: the bot may be back by then.
      .where(and(isOpenIn(guildId), lte(announcements.occurredAt, tx.now)))
      .run();
    tx.db
      .update(channelMessages)
      .set({
        state: 'unknown',
        endedAt: tx.now,
        reason: 'The bot is not in the server any more.',
        mark: null,
      })
      .where(
        and(
          eq(channelMessages.guildId, guildId),
          eq(channelMessages.state, 'frozen'),
          lte(channelMessages.frozenAt, tx.now),
        ),
      )
      .run();
    if (this.#services.servers.hasLeft(tx.db, guildId)) this.#services.outlets.forget(tx, guildId);
  }

  /** What waits to be shown to a player after their next command, the oldest first. */
  inbox(db: BetterSQLite3Database, { guildId, userId }: Holder): Announcement[] {
    return findInbox(db).all({ guildId, userId });
  }

  /** Notes that a player has seen these. */
  markShown(tx: Tx, ids: readonly string[]): void {
    tx.db
      .update(announcements)
      .set({ state: 'sent', reason: 'shownInInbox', endedAt: tx.now })
      .where(and(isOneOf(ids), eq(announcements.state, 'inbox')))
      .run();
  }

  /**
   * Shows these, or those of them that can be: one that cannot must not keep the others from being told.
   *
   * @param show may throw for what there is no card of any more
   * @returns undefined where there is nothing to show
   */
  showAll<Shown>(
    tx: Tx,
    batch: readonly Announcement[],
    show: (showable: readonly Announcement[]) => Shown,
  ): Shown | undefined {
    if (batch.length === 0) return undefined;
    try {
      return show(batch);
    } catch {
      const showable = batch.filter((each) => isShowable(each, show));
      const hopeless = batch.filter((each) => !showable.includes(each)).map(({ id }) => id);
      tx.db
        .update(announcements)
        .set({ state: 'undeliverable', reason: 'notShowable', endedAt: tx.now })
        .where(isOneOf(hopeless))
        .run();
      return showable.length > 0 ? showSome(showable, show) : undefined;
    }
  }

  /** How many announcements of a server wait to be told, by where: no place without any. */
  waitingIn(db: BetterSQLite3Database, guildId: string): ReadonlyMap<OutletId, number> {
    const rows = db
      .select({ outletId: announcements.outletId, waiting: count() })
      .from(announcements)
      .where(and(isOpenIn(guildId), isPending))
      .groupBy(announcements.outletId)
      .all();
    return new Map(rows.map(({ outletId, waiting }) => [outletId, waiting]));
  }

  /** Looks at once at everything that waits in a server: what it was put off for may count no more. */
  lookAgain(tx: Tx, guildId: string): void {
    for (const outletId of this.waitingIn(tx.db, guildId).keys()) this.request(tx, outletId, tx.now);
  }

  /** Lets everything that waits in a server go the way that is open here: another world knew of other ways. */
  resumeServer(tx: Tx, guildId: string): void {
    const waiting = tx.db
      .select()
      .from(announcements)
      .where(and(isOpenIn(guildId), isPending, isNull(announcements.messageId)))
      .orderBy(announcements.occurredAt, sql`rowid`)
      .all();
    for (const announcement of waiting) {
      const route = this.#routeBy(tx, this.#waysOf(tx, announcement));
      // What admins are told goes no further from here: whose server it is by now, and what is wrong in it, no file knows.
      const isLast = announcement.audience === 'admins';
      this.#send(tx, announcement, route && isLast ? { ...route, rung: LAST_RUNG } : route);
    }
  }

  /** The ways that an announcement which comes from another world can go, the one that was chosen first. */
  #waysOf(tx: Tx, announcement: Announcement): (WayTo | undefined)[] {
    const { audience, guildId, userId, channelId, subject } = announcement;
    if (audience !== 'player') return isAboutItsChannel(announcement) ? [] : [{ channelId }];
    const channel = isPrivate(subject.kind) ? undefined : { channelId };
    const direct = userId === '' ? undefined : { userId };
    const way = this.#services.preferences.get(tx.db, { guildId, userId }, notificationWay(subject.kind));
    return way === 'direct' ? [direct, channel] : [channel, direct];
  }

  /** Lets an announcement that is under way go another one; undefined where every way is closed. */
  #send(tx: Tx, { id, audience }: Announcement, route: Route | undefined, whyNot?: AnnouncementReason): void {
    const fate = fateOf(audience, route, whyNot);
    tx.db
      .update(announcements)
      .set({
        ...(route ?? { rung: LAST_RUNG }),
        ...fate,
        endedAt: fate.state === 'undeliverable' ? tx.now : null,
      })
      .where(eq(announcements.id, id))
      .run();
    if (route) this.request(tx, route.outletId, tx.now);
  }

  /** The first of these ways that is not closed. */
  #routeBy(tx: Tx, ways: readonly (WayTo | undefined)[]): Route | undefined {
    const rung = ways.findIndex((way) => way !== undefined && this.#isOpen(tx, way));
    const way = ways[rung];
    return way && { outletId: this.#outletOf(tx, way), rung };
  }

  #isOpen(tx: Tx, way: WayTo): boolean {
    const { outlets } = this.#services;
    if ('userId' in way) return outlets.takesDirect(tx.db, way.userId);
    return outlets.isWorthTrying(tx.db, way.channelId, tx.now);
  }

  #outletOf(tx: Tx, way: WayTo): OutletId {
    return 'userId' in way ? this.#services.outlets.direct(tx, way.userId) : way.channelId;
  }

  #write(
    tx: Tx,
    { guildId, userId }: Holder,
    subject: AnnouncementSubject,
    where: {
      readonly audience: Audience;
      readonly channelId: string;
      readonly pings?: boolean;
      /** Undefined where every way is closed. */
      readonly route: Route | undefined;
    },
  ): void {
    const { audience, channelId, pings = false, route } = where;
    const isInServer = !this.#services.servers.hasLeft(tx.db, guildId);
    const fate = isInServer
      ? fateOf(audience, route)
      : ({ state: 'undeliverable', reason: 'leftServer' } as const);
    const isOver = fate.state === 'undeliverable';
    addAnnouncement(tx.db).run({
      id: tx.createId(),
      guildId,
      userId,
      audience,
      channelId,
      outletId: route?.outletId ?? channelId,
      rung: route?.rung ?? LAST_RUNG,
      pings,
      subject,
      ...fate,
      occurredAt: tx.now,
      endedAt: isOver ? tx.now : null,
    });
    if (route === undefined || fate.state !== 'pending') return;
    const { outletId } = route;
    const runAt = tx.now + COLLECTED_FOR;
    tx.request({ task: 'discordNotify', id: outletId, payload: { outletId }, runAt, keepEarlier: true });
  }

  /** The next way of one that cannot be told where it should be. */
  #goOn(tx: Tx, announcement: Announcement, whyNot?: AnnouncementReason): void {
    const { audience, userId, channelId, outletId, rung, subject } = announcement;
    const next = isDirect(outletId) ? { channelId } : { userId };
    // A player's ways may have opened again since they were tried. It comes to an end: direct messages stay closed.
    const isLeft = audience === 'player' || (audience === 'admins' && rung < LAST_RUNG);
    const isAllowed = audience !== 'player' || !isDirect(outletId) || !isPrivate(subject.kind);
    const isPossible = isLeft && isAllowed && userId !== '' && this.#isOpen(tx, next);
    const route = isPossible ? { outletId: this.#outletOf(tx, next), rung: rung + 1 } : undefined;
    this.#send(tx, announcement, route, whyNot);
  }
}

/** Whether it says that its own channel is closed: there was no other to say it in. */
function isAboutItsChannel({ channelId, subject }: Announcement): boolean {
  return subject.kind === 'channelPaused' && subject.channelId === channelId;
}

/** There are two ways to anybody. */
const LAST_RUNG = 1;

/** What becomes of an announcement that goes this way, or has none left. */
function fateOf(
  audience: Audience,
  route: Route | undefined,
  whyNot: AnnouncementReason = 'noWayOpen',
): { readonly state: 'pending' | 'inbox' | 'undeliverable'; readonly reason: AnnouncementReason | null } {
  if (route) return { state: 'pending', reason: null };
  return audience === 'player'
    ? { state: 'inbox', reason: 'noWayOpen' }
    : { state: 'undeliverable', reason: whyNot };
}

/** Waits for its turn in this place, and is in no message yet. */
export function isToTell(outletId: OutletId) {
  return and(eq(announcements.outletId, outletId), isPending, isNull(announcements.messageId));
}

/** However many they are: bound one by one, there may be too many for SQLite. */
export function isOneOf(ids: readonly string[]) {
  return sql`${announcements.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

/** Each can be shown alone. Where all of them together cannot, so many of the first are shown as can be. */
function showSome<Shown>(
  batch: readonly Announcement[],
  show: (showable: readonly Announcement[]) => Shown,
): Shown {
  if (batch.length === 1) return show(batch);
  try {
    return show(batch);
  } catch {
    return showSome(batch.slice(0, Math.ceil(batch.length / 2)), show);
  }
}

function isShowable(announcement: Announcement, show: (alone: readonly Announcement[]) => unknown): boolean {
  try {
    show([announcement]);
    return true;
  } catch {
    return false;
  }
}

// As in the indexes: values that are bound would keep these from being used.
export const isPending = sql`${announcements.state} = 'pending'`;

/** Is of this server, and nothing has become of it yet. */
function isOpenIn(guildId: string) {
  return and(eq(announcements.guildId, guildId), sql`${announcements.state} IN ('pending', 'inbox')`);
}

const { placeholder } = sql;

// Written with nearly everything that happens.
const addAnnouncement = prepared((db) =>
  db
    .insert(announcements)
    .values({
      id: placeholder('id'),
      guildId: placeholder('guildId'),
      userId: placeholder('userId'),
      audience: placeholder('audience'),
      channelId: placeholder('channelId'),
      outletId: placeholder('outletId'),
      rung: placeholder('rung'),
      pings: placeholder('pings'),
      subject: placeholder('subject'),
      state: placeholder('state'),
      reason: placeholder('reason'),
      occurredAt: placeholder('occurredAt'),
      endedAt: placeholder('endedAt'),
    })
    .prepare(),
);

// Asked for after every command.
const findInbox = prepared((db) =>
  db
    .select()
    .from(announcements)
    .where(
      and(
        eq(announcements.guildId, placeholder('guildId')),
        eq(announcements.userId, placeholder('userId')),
        sql`${announcements.state} = 'inbox'`,
      ),
    )
    .orderBy(announcements.occurredAt, sql`rowid`)
    .prepare(),
);
