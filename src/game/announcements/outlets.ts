import { and, count, eq, isNotNull, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import { directOutletId, type OutletId } from './outlet.ts';
import { type Outlet, type OutletProblem, outlets } from './outlets.table.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A problem that comes back is told again only after so long: permissions that come and go would else be told each time. */
const TOLD_AGAIN_AFTER = 24 * HOUR;

/** How long a paused channel is left alone before it is tried again, each time it was in vain a step further. */
const PROBE_AFTER = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR, 24 * HOUR] as const;

/** What is known about the places where the bot has something to tell. One without a row has never had a problem. */
export class Outlets {
  find(db: BetterSQLite3Database, id: OutletId): Outlet | undefined {
    return findOutlet(db).get({ id });
  }

  /** Somebody's direct messages; undefined while nothing was ever to be told there. */
  findDirect(db: BetterSQLite3Database, userId: string): Outlet | undefined {
    return findDirect(db).get({ userId });
  }

  /** Where somebody's direct messages are from now on. */
  direct(tx: Tx, userId: string): OutletId {
    const known = this.findDirect(tx.db, userId);
    if (known) return known.id;
    const id = directOutletId(tx.createId());
    tx.db.insert(outlets).values({ id, userId, state: 'open', since: tx.now }).run();
    return id;
  }

  /** Whether nothing is known to keep the bot from writing there. */
  isOpen(db: BetterSQLite3Database, id: OutletId): boolean {
    const outlet = this.find(db, id);
    return outlet === undefined || outlet.state === 'open';
  }

  /**
   * Whether to write there: it is open, or was closed for so long that it may not be any more. What is written to the
   * latter only because of this is not lost: it goes another way when it is closed still.
   */
  isWorthTrying(db: BetterSQLite3Database, id: OutletId, now: number): boolean {
    const outlet = this.find(db, id);
    if (outlet?.state !== 'paused') return outlet?.state !== 'closed';
    return outlet.probeAt !== null && outlet.probeAt <= now;
  }

  /** Whether somebody takes direct messages, as far as is known. */
  takesDirect(db: BetterSQLite3Database, userId: string): boolean {
    return this.findDirect(db, userId)?.state !== 'closed';
  }

  /** The channels of a server in which the bot cannot write now; of all servers when none is named. */
  paused(db: BetterSQLite3Database, guildId?: string): Outlet[] {
    const ofServer = guildId === undefined ? isNotNull(outlets.guildId) : eq(outlets.guildId, guildId);
    return db
      .select()
      .from(outlets)
      .where(and(eq(outlets.state, 'paused'), ofServer))
      .orderBy(outlets.since)
      .all();
  }

  /** How many places the bot cannot write in now, by what keeps it from it. */
  countProblems(db: BetterSQLite3Database): { problem: OutletProblem; count: number }[] {
    return db
      .select({ problem: sql<OutletProblem>`${outlets.problem}`, count: count() })
      .from(outlets)
      .where(isNotNull(outlets.problem))
      .groupBy(outlets.problem)
      .all();
  }

  /** Notes as which channel Discord knows somebody's direct messages. */
  noteDirectChannel(tx: Tx, id: OutletId, channelId: string): void {
    this.#put(tx, id, null, { channelId });
  }

  /** Notes that a message has reached it: whatever was wrong is over. */
  noteMessage(tx: Tx, id: OutletId, guildId: string | null): void {
    this.#put(tx, id, guildId, { ...OPEN, since: tx.now, adminsToldAt: null, lastMessageAt: tx.now });
  }

  /** Notes that a message may have reached it. */
  noteAttempt(tx: Tx, id: OutletId, guildId: string | null): void {
    this.#put(tx, id, guildId, { lastMessageAt: tx.now });
  }

  /** Leaves it alone until a moment. */
  rest(tx: Tx, id: OutletId, guildId: string | null, until: number): void {
    this.#put(tx, id, guildId, { restUntil: until });
  }

  /**
   * Stops writing there until the problem is over.
   *
   * @returns whether those who run the server should be told: they have not been since it worked last, or long ago of
   *   what was mended since
   */
  pause(
    tx: Tx,
    id: OutletId,
    guildId: string,
    about: { problem: OutletProblem; detail: string | null; isOfConcern: boolean },
  ): boolean {
    const { problem, detail, isOfConcern } = about;
    const before = this.find(tx.db, id);
    const probes = before?.probes ?? 0;
    const wait = PROBE_AFTER[Math.min(probes, PROBE_AFTER.length - 1)] ?? HOUR;
    const toldAt = before?.adminsToldAt ?? null;
    // Where it was only let through to be tried again, nothing had been mended.
    const isMended = before?.state !== 'paused' && probes === 0;
    const isNew = toldAt === null || (isMended && tx.now - toldAt >= TOLD_AGAIN_AFTER);
    const isNews = isOfConcern && isNew;
    this.#put(tx, id, guildId, {
      state: 'paused',
      problem,
      detail,
      since: before?.state === 'paused' ? before.since : tx.now,
      probeAt: tx.now + wait,
      probes: probes + 1,
      adminsToldAt: isNews ? tx.now : toldAt,
    });
    return isNews;
  }

  /** Remembers that somebody takes no direct messages: they are not knocked on again until they ask for it. */
  close(tx: Tx, id: OutletId, detail: string | null): void {
    this.#put(tx, id, null, { state: 'closed', problem: 'directMessagesClosed', detail, since: tx.now });
  }

  /** Lets the bot write there again. @returns false when it was allowed to */
  open(tx: Tx, id: OutletId): boolean {
    if (this.isOpen(tx.db, id)) return false;
    tx.db
      .update(outlets)
      .set({ ...OPEN, since: tx.now })
      .where(eq(outlets.id, id))
      .run();
    return true;
  }

  /** Lets the bot write to somebody again. */
  openDirect(tx: Tx, userId: string): void {
    const known = this.findDirect(tx.db, userId);
    if (known) this.open(tx, known.id);
  }

  /** Lets the next message there be a try: if it is in vain as well, the wait after it is the longer one. */
  letThrough(tx: Tx, id: OutletId): void {
    const { probes: _, ...opened } = OPEN;
    tx.db
      .update(outlets)
      .set({ ...opened, since: tx.now })
      .where(eq(outlets.id, id))
      .run();
  }

  /** Forgets all about a channel. */
  forgetChannel(tx: Tx, id: OutletId): void {
    tx.db.delete(outlets).where(eq(outlets.id, id)).run();
  }

  /** Forgets all about the channels of a server. */
  forget(tx: Tx, guildId: string): void {
    tx.db.delete(outlets).where(eq(outlets.guildId, guildId)).run();
  }

  #put(tx: Tx, id: OutletId, guildId: string | null, change: Partial<Outlet>): void {
    if (guildId === null) {
      // There is a row since something was to be told there; without one, its reader has been forgotten meanwhile.
      tx.db.update(outlets).set(change).where(eq(outlets.id, id)).run();
      return;
    }
    tx.db
      .insert(outlets)
      .values({ id, guildId, channelId: id, state: 'open', since: tx.now, ...change })
      .onConflictDoUpdate({ target: outlets.id, set: change })
      .run();
  }
}

const OPEN = { state: 'open', problem: null, detail: null, probeAt: null, probes: 0 } as const;

// Asked for with everything that is told.
const findOutlet = prepared((db) =>
  db
    .select()
    .from(outlets)
    .where(eq(outlets.id, sql.placeholder('id')))
    .prepare(),
);

const findDirect = prepared((db) =>
  db
    .select()
    .from(outlets)
    .where(eq(outlets.userId, sql.placeholder('userId')))
    .prepare(),
);
