import { and, between, desc, eq, gt, inArray, lt, or, sql, sum } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Tx } from '../../world/transaction.ts';
import { endOfQuiet } from '../quiet-hours.ts';
import type { Settings } from '../settings/settings.ts';
import type { Audience } from './announcements.table.ts';
import { type ChannelMessage, channelMessages } from './channel-messages.table.ts';
import type { Outlet } from './outlets.table.ts';
import { ceilings, invalidAnswers } from './pacing.table.ts';
import { announcementBudget, announcementSpacing, quietHours } from './settings.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How far apart messages are over all channels, and how many may be sent at once: 20 in any second. Discord allows a bot
 * 50 requests in any second ("Global Rate Limit"); what answers commands needs some of these. As many at once as in a
 * second, since the queue is asked about once a second for what has become due: whoever was told to come back in that
 * second comes together with the others.
 */
const MESSAGES = { name: 'messages', interval: SECOND / 10, atOnce: 10 };

/**
 * How many conversations are begun with people whom the bot has never written to. Discord only says that it were too
 * many (40003), and takes a bot that writes to many strangers for a nuisance.
 */
const CONVERSATIONS = { name: 'conversations', interval: 6 * SECOND, atOnce: 10 };

const CEILINGS = { messages: MESSAGES, conversations: CONVERSATIONS };

type Ceiling = (typeof CEILINGS)[keyof typeof CEILINGS];

/** Discord bans an address after 10,000 invalid answers in ten minutes ("Invalid Request Limit"). We stop far below. */
const INVALID_ANSWERS_WITHIN = 10 * MINUTE;
export const MOST_INVALID_ANSWERS = 1_000;

/** What was noted no further after now than this happened lately too, before a clock was put back. */
const CLOCK_PUT_BACK = 10 * MINUTE;

/** No message rests for longer than this before it is tried again, and no channel before it is looked at. */
const LONGEST_REST = DAY;

/** Nothing else rests for longer than this before Discord is asked again; what is further ahead was noted by another clock. */
export const LONGEST_PAUSE = HOUR;

/** What rests: all that would be sent, or all conversations that would be begun. */
export type Resting = 'everything' | 'conversations';

const RESTING: Readonly<Record<Resting, readonly Ceiling[]>> = {
  everything: [MESSAGES, CONVERSATIONS],
  conversations: [CONVERSATIONS],
};

/** A message that may have arrived has arrived by then, or never will. */
const SETTLED_AFTER = 2 * MINUTE;

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
    outlet: Pick<Outlet, 'id' | 'guildId' | 'lastMessageAt'>,
    audience: Audience,
    now: number,
  ): number {
    const { id, lastMessageAt } = outlet;
    const spacing =
      outlet.guildId === null
        ? DIRECT_SPACING
        : this.#settings.get(db, guildId, announcementSpacing) * SECOND;
    const spaced = lastMessageAt === null ? now : notBefore(lastMessageAt + spacing, now, 2 * spacing);
    if (audience !== 'server') return spaced;
    return this.#afterQuiet(db, guildId, Math.max(spaced, this.#budgetAt(db, guildId, id, now)));
  }

  /**
   * What may be done when about a message that may have arrived: it is sent again, or, where it would arrive in its
   * server's quiet hours or tells of somebody who was forgotten meanwhile, only looked for.
   */
  repetition(
    db: BetterSQLite3Database,
    { guildId, audience, triedAt, retryAt, mark }: ChannelMessage,
    now: number,
  ): { readonly at: number; readonly isOnlyLookedFor: boolean } {
    const at = comingAt(retryAt, now);
    const isQuiet = audience === 'server' && this.#afterQuiet(db, guildId, now) > now;
    if (!isQuiet && mark === null) return { at, isOnlyLookedFor: false };
    return { at: notBefore(triedAt + SETTLED_AFTER, at, 2 * SETTLED_AFTER), isOnlyLookedFor: true };
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
    const { usedUpTo, promisedTo, restUntil } = this.#ceiling(tx, CEILINGS[ceiling]);
    const restsUntil = restingUntil(restUntil, now);
    if (restsUntil <= now && usedUpTo - now <= (atOnce - 1) * interval) {
      this.#save(tx, { name, usedUpTo: usedUpTo + interval, promisedTo });
      return now;
    }
    const promised = Math.max(promisedTo, usedUpTo, restsUntil) + interval;
    this.#save(tx, { name, usedUpTo, promisedTo: promised });
    return promised;
  }

  /** Lets nothing through until a moment, over all channels; a longer rest stays. */
  rest(tx: Tx, what: Resting, moment: number): void {
    const until = Math.min(moment, tx.now + LONGEST_PAUSE);
    for (const ceiling of RESTING[what]) {
      const { usedUpTo, promisedTo, restUntil } = this.#ceiling(tx, ceiling);
      const latest = Math.max(restingUntil(restUntil, tx.now), until);
      this.#save(tx, { name: ceiling.name, usedUpTo, promisedTo, restUntil: latest });
    }
  }

  /** Counts an answer of 401, 403 or 429. */
  noteInvalidAnswer(tx: Tx): void {
    const minute = Math.floor(tx.now / MINUTE);
    tx.db
      .insert(invalidAnswers)
      .values({ minute, count: 1 })
      .onConflictDoUpdate({ target: invalidAnswers.minute, set: { count: sql`${invalidAnswers.count} + 1` } })
      .run();
    const isOld = lt(invalidAnswers.minute, Math.floor((tx.now - HOUR) / MINUTE));
    const isOfAnotherClock = gt(invalidAnswers.minute, Math.floor((tx.now + HOUR) / MINUTE));
    tx.db.delete(invalidAnswers).where(or(isOld, isOfAnotherClock)).run();
  }

  /** How many such answers there were in the last ten minutes. */
  invalidAnswers(db: BetterSQLite3Database, now: number): number {
    const since = Math.floor((now - INVALID_ANSWERS_WITHIN) / MINUTE);
    const until = Math.floor((now + CLOCK_PUT_BACK) / MINUTE);
    const row = db
      .select({ total: sum(invalidAnswers.count).mapWith(Number) })
      .from(invalidAnswers)
      .where(between(invalidAnswers.minute, since, until))
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
          between(channelMessages.endedAt, now - HOUR + 1, now + CLOCK_PUT_BACK),
        ),
      )
      .orderBy(desc(channelMessages.endedAt))
      .limit(1)
      .offset(budget - 1)
      .all();
    const endedAt = decisive?.endedAt ?? null;
    return endedAt === null ? now : endedAt + HOUR;
  }

  /** When the quiet hours of a server are over, where a moment lies in them; else that moment. */
  #afterQuiet(db: BetterSQLite3Database, guildId: string, moment: number): number {
    const hours = this.#settings.get(db, guildId, quietHours);
    return hours === null ? moment : endOfQuiet(hours, moment);
  }

  #ceiling(tx: Tx, { name, interval, atOnce }: Ceiling): Omit<typeof ceilings.$inferSelect, 'name'> {
    const { now } = tx;
    const row = tx.db.select().from(ceilings).where(eq(ceilings.name, name)).get();
    if (!row) return { usedUpTo: now, promisedTo: now, restUntil: null };
    const { usedUpTo, promisedTo, restUntil } = row;
    // More than all of it was used up by a clock that was put back. How much was sent just before, nobody knows.
    const all = now + atOnce * interval;
    if (usedUpTo > all) return { usedUpTo: all, promisedTo: now, restUntil };
    return { usedUpTo: Math.max(usedUpTo, now), promisedTo, restUntil };
  }

  #save(tx: Tx, state: typeof ceilings.$inferInsert): void {
    tx.db.insert(ceilings).values(state).onConflictDoUpdate({ target: ceilings.name, set: state }).run();
  }
}

/** When something is tried again that was put off until a moment, or was not put off; now where that is over. */
export function comingAt(moment: number | null, now: number): number {
  return moment === null ? now : notBefore(moment, now, LONGEST_REST);
}

/** Until when something rests; now where it doesn't. */
export function restingUntil(moment: number | null, now: number): number {
  return moment === null ? now : notBefore(moment, now, LONGEST_PAUSE);
}

/** A moment, or now where it is over, or further ahead than it can be: then it was noted before a clock was put back. */
function notBefore(moment: number, now: number, longest: number): number {
  return moment > now + longest ? now : Math.max(moment, now);
}
