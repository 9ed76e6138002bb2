import { and, desc, eq, gte, inArray, lt, sql, sum } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Tx } from '../../world/transaction.ts';
import type { Settings } from '../settings/settings.ts';
import type { Audience } from './announcements.table.ts';
import { channelMessages } from './channel-messages.table.ts';
import type { Outlet } from './outlets.table.ts';
import { ceilings, invalidAnswers } from './pacing.table.ts';
import { endOfQuiet } from './quiet-hours.ts';
import { announcementBudget, announcementSpacing, quietHours } from './settings.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How far apart messages are over all channels, and how many may be sent at once. Discord allows a bot 50 requests in
 * any second ("Global Rate Limit"); what answers commands needs some of these.
 */
const MESSAGES = { name: 'messages', interval: Math.ceil(SECOND / 15), atOnce: 5 };

/**
 * How many conversations are begun with people whom the bot has never written to. Discord only says that it were too
 * many (40003), and takes a bot that writes to many strangers for a nuisance.
 */
const CONVERSATIONS = { name: 'conversations', interval: 6 * SECOND, atOnce: 10 };

const CEILINGS = { messages: MESSAGES, conversations: CONVERSATIONS };

/** Discord bans an address after 10,000 invalid answers in ten minutes ("Invalid Request Limit"). We stop far below. */
const INVALID_ANSWERS_WITHIN = 10 * MINUTE;
const MOST_INVALID_ANSWERS = 1_000;

/** No clock that was put back keeps anything waiting for longer than this. */
const LONGEST_QUEUE = 24 * HOUR;

/** What one server's channels are not asked: how far apart two direct messages to the same person are. */
const DIRECT_SPACING = 5 * SECOND;

/** Something that a server has set and that keeps its announcements back for a while. */
export interface Hold {
  readonly by: 'quietHours' | 'budget';
  readonly until: number;
}

/** When the next message may be sent: as the server wants it, and as Discord allows it. */
export class Pacing {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * When a place may get its next message, as far as its server's wishes go. Spacing counts for whatever is sent there;
   * budget and quiet hours are for what is announced to the server.
   */
  nextAt(
    db: BetterSQLite3Database,
    guildId: string,
    outlet: Pick<Outlet, 'id' | 'guildId' | 'lastMessageAt'> | undefined,
    audience: Audience,
    now: number,
  ): number {
    const { id, lastMessageAt = null } = outlet ?? {};
    const spacing =
      outlet?.guildId === null
        ? DIRECT_SPACING
        : this.#settings.get(db, guildId, announcementSpacing) * SECOND;
    // A message from the future was sent before a clock was put back.
    const spaced = lastMessageAt === null || lastMessageAt > now ? now : lastMessageAt + spacing;
    if (audience !== 'server') return Math.max(spaced, now);
    const affordable = id === undefined ? now : this.#budgetAt(db, guildId, id, now);
    const hours = this.#settings.get(db, guildId, quietHours);
    const earliest = Math.max(spaced, affordable, now);
    return hours === null ? earliest : endOfQuiet(hours, earliest);
  }

  /** What keeps a server's announcements from a place now, for longer than the moment between two messages. */
  holds(db: BetterSQLite3Database, guildId: string, outletId: string, now: number): Hold[] {
    const hours = this.#settings.get(db, guildId, quietHours);
    const holds: Hold[] = [
      { by: 'quietHours', until: hours === null ? now : endOfQuiet(hours, now) },
      { by: 'budget', until: this.#budgetAt(db, guildId, outletId, now) },
    ];
    return holds.filter(({ until }) => until > now);
  }

  /**
   * Takes one of the messages that may be sent, or conversations that may be begun, now over all channels.
   *
   * @returns now when it may be made; otherwise a moment to come back at, another one for everybody who asks
   */
  takeSlot(tx: Tx, ceiling: keyof typeof CEILINGS): number {
    const { now } = tx;
    const { name, interval, atOnce } = CEILINGS[ceiling];
    const row = tx.db.select().from(ceilings).where(eq(ceilings.name, name)).get();
    const usedUpTo = within(row?.usedUpTo ?? now, now);
    if (usedUpTo - now <= (atOnce - 1) * interval) {
      this.#save(tx, { name, usedUpTo: usedUpTo + interval, promisedTo: row?.promisedTo ?? now });
      return now;
    }
    const promisedTo = Math.max(within(row?.promisedTo ?? now, now), usedUpTo) + interval;
    this.#save(tx, { name, usedUpTo, promisedTo });
    return promisedTo;
  }

  /** Counts an answer of 401, 403 or 429. */
  noteInvalidAnswer(tx: Tx): void {
    const minute = Math.floor(tx.now / MINUTE);
    tx.db
      .insert(invalidAnswers)
      .values({ minute, count: 1 })
      .onConflictDoUpdate({ target: invalidAnswers.minute, set: { count: sql`${invalidAnswers.count} + 1` } })
      .run();
    tx.db
      .delete(invalidAnswers)
      .where(lt(invalidAnswers.minute, Math.floor((tx.now - HOUR) / MINUTE)))
      .run();
  }

  /** How many such answers there were in the last ten minutes. */
  invalidAnswers(db: BetterSQLite3Database, now: number): number {
    const since = Math.floor((now - INVALID_ANSWERS_WITHIN) / MINUTE);
    const row = db
      .select({ total: sum(invalidAnswers.count).mapWith(Number) })
      .from(invalidAnswers)
      .where(gte(invalidAnswers.minute, since))
      .get();
    return row?.total ?? 0;
  }

  /** Whether so much was refused lately that sending stops, long before Discord bans the address. */
  isRefusedTooOften(db: BetterSQLite3Database, now: number): boolean {
    return this.invalidAnswers(db, now) >= MOST_INVALID_ANSWERS;
  }

  /** When the budget of the last hour has room again. */
  #budgetAt(db: BetterSQLite3Database, guildId: string, outletId: string, now: number): number {
    const budget = this.#settings.get(db, guildId, announcementBudget);
    // What may have arrived counts too.
    const [decisive] = db
      .select({ endedAt: channelMessages.endedAt })
      .from(channelMessages)
      .where(
        and(
          eq(channelMessages.outletId, outletId),
          eq(channelMessages.audience, 'server'),
          inArray(channelMessages.state, ['sent', 'unknown']),
          gte(channelMessages.endedAt, now - HOUR + 1),
        ),
      )
      .orderBy(desc(channelMessages.endedAt))
      .limit(1)
      .offset(budget - 1)
      .all();
    const endedAt = decisive?.endedAt ?? null;
    return endedAt === null || endedAt > now ? now : endedAt + HOUR;
  }

  #save(tx: Tx, state: { name: string; usedUpTo: number; promisedTo: number }): void {
    tx.db.insert(ceilings).values(state).onConflictDoUpdate({ target: ceilings.name, set: state }).run();
  }
}

/** A moment not before now; one that lies too far ahead was written before a clock was put back. */
function within(moment: number, now: number): number {
  return moment > now + LONGEST_QUEUE ? now : Math.max(moment, now);
}
