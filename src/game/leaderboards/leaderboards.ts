import { and, asc, count, countDistinct, desc, eq, notExists, or, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { upgradeEvent } from '../../events/define-event.ts';
import type { DomainEvent } from '../../world/event.ts';
import { lastSequence, readEvents } from '../../world/event-log.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import {
  advanceProjection,
  beginProjection,
  endProjection,
  findProjection,
  NEVER_LIVE,
} from '../../world/projections.ts';
import type { Tx } from '../../world/transaction.ts';
import { readMeasure } from '../measures/measure.ts';
import { EVENTS_PER_BATCH } from '../measures/measures.ts';
import { leaderboardListing } from '../preferences/definitions.ts';
import { playerPreferences } from '../preferences/player-preferences.table.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Resumable } from '../resumable.ts';
import { BOARD_NAMES, BOARDS, type Board } from './boards.ts';
import { PERIODS, type Period, periodAt } from './periods.ts';
import { scores } from './scores.table.ts';

/** How many lines a page has. */
export const LINES_PER_PAGE = 10;

/** How long changes are collected before they are counted, in milliseconds. */
const DEBOUNCE = 3_000;

const PROJECTION = 'leaderboards';

/** One of the leaderboards of a server. */
export interface BoardOf {
  readonly guildId: string;
  readonly board: Board;
  readonly period: Period;
}

export interface Line {
  readonly rank: number;
  readonly userId: string;
  readonly value: number;
}

/** What somebody sees of a leaderboard. */
export interface LeaderboardPage extends BoardOf {
  readonly lines: readonly Line[];
  /** Which page this is, the first is 0. */
  readonly number: number;
  /** How many pages there are, 1 at least. */
  readonly count: number;
  /** How many players are listed. */
  readonly players: number;
}

/** Where somebody stands, with who is next to them. */
export interface Standing {
  readonly rank: number;
  readonly value: number;
  readonly neighbours: readonly Line[];
}

/**
 * Who has the most of something. The scores are made by reading the event log and from nothing else, so that they come
 * out the same whenever they are made anew.
 */
export class Leaderboards implements Resumable {
  readonly #preferences: Preferences;

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
  }

  /** Asks for what has happened to be counted, soon. */
  requestRefresh(tx: Tx): void {
    tx.request({ ...REFRESH, runAt: tx.now + DEBOUNCE, keepEarlier: true });
  }

  resumeServer(tx: Tx): void {
    this.requestRefresh(tx);
  }

  /** Begins, and asks for what happened so far to be counted. Call at each start. */
  begin(tx: Tx): void {
    beginProjection(tx, PROJECTION, NEVER_LIVE);
    if (this.isBehind(tx.db)) tx.request(REFRESH);
  }

  /** Whether events are waiting to be counted. */
  isBehind(db: BetterSQLite3Database): boolean {
    return readTo(db) < lastSequence(db);
  }

  /** How many scores there are, and of how many players. */
  size(db: BetterSQLite3Database): { readonly lines: number; readonly players: number } {
    const player = sql`${scores.guildId} || ':' || ${scores.userId}`;
    return (
      db
        .select({ lines: count(), players: countDistinct(player) })
        .from(scores)
        .get() ?? { lines: 0, players: 0 }
    );
  }

  /** Counts the next events of the log and, if there are more, asks for the next run. */
  refresh(tx: Tx): void {
    this.countNext(tx);
    if (this.isBehind(tx.db)) tx.request(REFRESH);
  }

  /** Counts the next events of the log, and notes in the same transaction how far it has read. */
  countNext(tx: Tx): void {
    const { replayedTo } = beginProjection(tx, PROJECTION, NEVER_LIVE);
    const events = readEvents(tx.db, { after: replayedTo, through: NEVER_LIVE, limit: EVENTS_PER_BATCH });
    for (const event of events) {
      if (EVENT_NAMES.has(event.name)) this.#count(tx, upgradeEvent(event));
    }
    const last = events.at(-1);
    if (last) advanceProjection(tx, PROJECTION, last.sequence);
  }

  /** Begins anew with the first event; {@link countNext} makes the scores again. */
  startOver(tx: Tx): void {
    tx.db.delete(scores).run();
    endProjection(tx, PROJECTION);
    beginProjection(tx, PROJECTION, NEVER_LIVE);
  }

  /**
   * A page of a leaderboard as it stands now, without those who don't want to be listed.
   *
   * @param number the page that is asked for; the last one if there are fewer by now
   */
  page(db: BetterSQLite3Database, which: BoardOf, number: number, now: number): LeaderboardPage {
    const where = rowsOf(which, now);
    const players = countPlayers(db).get({ ...where })?.players ?? 0;
    const pages = Math.max(1, Math.ceil(players / LINES_PER_PAGE));
    const shown = Math.min(Math.max(0, number), pages - 1);
    const lines = this.#lines(db, where, shown * LINES_PER_PAGE, LINES_PER_PAGE);
    return { ...which, lines, number: shown, count: pages, players };
  }

  /** Where somebody stands, with who is just before and after them; undefined for who has nothing there or is hidden. */
  standing(
    db: BetterSQLite3Database,
    { board, period, ...holder }: BoardOf & Holder,
    now: number,
  ): Standing | undefined {
    if (this.isHidden(db, holder)) return undefined;
    const where = rowsOf({ guildId: holder.guildId, board, period }, now);
    const own = selectScore(db).get({ ...where, userId: holder.userId });
    if (!own) return undefined;
    const rank = (countAhead(db).get({ ...where, ...own, userId: holder.userId })?.ahead ?? 0) + 1;
    const first = Math.max(0, rank - 2);
    return { rank, value: own.value, neighbours: this.#lines(db, where, first, rank - first + 1) };
  }

  /** Whether somebody doesn't want to be listed. */
  isHidden(db: BetterSQLite3Database, holder: Holder): boolean {
    return this.#preferences.get(db, holder, leaderboardListing) === 'hidden';
  }

  #lines(db: BetterSQLite3Database, where: Rows, offset: number, limit: number): Line[] {
    const rows = selectLines(db).all({ ...where, offset, limit });
    return rows.map((row, index) => ({ ...row, rank: offset + index + 1 }));
  }

  #count(tx: Tx, event: DomainEvent): void {
    const { guildId, userId, occurredAt } = event;
    if (userId === null) return;
    for (const board of BOARD_NAMES) {
      const reading = readMeasure(BOARDS[board], event);
      if (reading?.kind !== 'add') continue;
      for (const kind of PERIODS) {
        if (kind !== 'all' && isRetroactive(event)) continue;
        const period = periodAt(kind, occurredAt);
        addScore(tx.db).run({ guildId, board, period, userId, value: reading.amount, reachedAt: occurredAt });
      }
    }
  }
}

/** What was earned by what happened before it could be earned belongs to no week and no month. */
function isRetroactive({ data }: DomainEvent): boolean {
  return (data as { readonly retroactive?: unknown }).retroactive === true;
}

interface Rows {
  readonly guildId: string;
  readonly board: Board;
  /** As the scores call it. */
  readonly period: string;
}

const REFRESH = { task: 'refreshLeaderboards', id: 'world', payload: {} } as const;

const EVENT_NAMES: ReadonlySet<string> = new Set(BOARD_NAMES.map((board) => BOARDS[board].event));

function rowsOf({ guildId, board, period }: BoardOf, now: number): Rows {
  return { guildId, board, period: periodAt(period, now) };
}

function readTo(db: BetterSQLite3Database): number {
  return findProjection(db, PROJECTION)?.replayedTo ?? 0;
}

const { placeholder } = sql;

const addScore = prepared((db) =>
  db
    .insert(scores)
    .values({
      guildId: placeholder('guildId'),
      board: placeholder('board'),
      period: placeholder('period'),
      userId: placeholder('userId'),
      value: placeholder('value'),
      reachedAt: placeholder('reachedAt'),
    })
    .onConflictDoUpdate({
      target: [scores.guildId, scores.board, scores.period, scores.userId],
      set: {
        value: sql`${scores.value} + ${placeholder('value')}`,
        // What ended late stands in the log after what happened after it.
        reachedAt: sql`max(${scores.reachedAt}, ${placeholder('reachedAt')})`,
      },
    })
    .prepare(),
);

/** The rows of one leaderboard in one period, without those who are hidden. */
const isListed = (db: BetterSQLite3Database) =>
  and(
    eq(scores.guildId, placeholder('guildId')),
    eq(scores.board, placeholder('board')),
    eq(scores.period, placeholder('period')),
    notExists(
      db
        .select({ one: sql`1` })
        .from(playerPreferences)
        .where(
          and(
            eq(playerPreferences.guildId, scores.guildId),
            eq(playerPreferences.userId, scores.userId),
            eq(playerPreferences.name, leaderboardListing.name),
            eq(playerPreferences.value, JSON.stringify('hidden')),
          ),
        ),
    ),
  );

/** The best first; in the order of `scores_in_order`, so that nothing has to be sorted. */
const selectLines = prepared((db) => linesQuery(db).prepare());

/** The query for the lines, for a test that looks at its plan. */
export function linesQuery(db: BetterSQLite3Database) {
  return db
    .select({ userId: scores.userId, value: scores.value })
    .from(scores)
    .where(isListed(db))
    .orderBy(desc(scores.value), asc(scores.reachedAt), asc(scores.userId))
    .limit(placeholder('limit'))
    .offset(placeholder('offset'));
}

const countPlayers = prepared((db) =>
  db.select({ players: count() }).from(scores).where(isListed(db)).prepare(),
);

const selectScore = prepared((db) =>
  db
    .select({ value: scores.value, reachedAt: scores.reachedAt })
    .from(scores)
    .where(
      and(
        eq(scores.guildId, placeholder('guildId')),
        eq(scores.board, placeholder('board')),
        eq(scores.period, placeholder('period')),
        eq(scores.userId, placeholder('userId')),
      ),
    )
    .prepare(),
);

const countAhead = prepared((db) =>
  db
    .select({ ahead: count() })
    .from(scores)
    .where(
      and(
        isListed(db),
        // The rest is decided among those with at least as much, which is where the index begins.
        sql`${scores.value} >= ${placeholder('value')}`,
        or(
          sql`${scores.value} > ${placeholder('value')}`,
          sql`(${scores.reachedAt}, ${scores.userId}) < (${placeholder('reachedAt')}, ${placeholder('userId')})`,
        ),
      ),
    )
    .prepare(),
);
