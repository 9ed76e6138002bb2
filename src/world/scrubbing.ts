import { eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { nextTimeOfDay } from './time-of-day.ts';
import type { Tx } from './transaction.ts';
import { worldFacts } from './world-facts.table.ts';

declare module './outbox.ts' {
  interface JobPayloads {
    scrubWorld: Record<string, never>;
  }
}

const MINUTE = 60_000;

/** A world up to this size is scrubbed at any time; it takes less than a second and a half (docs/decisions/0017-deleted-is-gone.md). */
const SMALL = 100 * 1024 * 1024;

/** Scrubs of a small world are at least so far apart. */
const APART = 10 * MINUTE;

/** When larger ones are scrubbed, in milliseconds after midnight UTC: nothing can be written meanwhile. */
const QUIET_TIME = 4 * 60 * MINUTE;

const SCRUBBED_AT = 'scrubbedAt';

/**
 * Asks for what was deleted to be removed from the file itself, soon. What SQLite deletes stays readable in the file until
 * something else takes its place, in spite of `secure_delete` (docs/decisions/0017-deleted-is-gone.md).
 */
export function requestScrub(tx: Tx): void {
  const runAt = isSmall(tx.db)
    ? Math.max(tx.now, scrubbedAt(tx.db) + APART)
    : nextTimeOfDay(QUIET_TIME, tx.now);
  tx.request({ task: 'scrubWorld', id: 'world', payload: {}, runAt, keepEarlier: true });
}

/** Notes that the world was scrubbed. */
export function noteScrubbed(tx: Tx): void {
  const fact = { name: SCRUBBED_AT, value: String(tx.now) };
  tx.db.insert(worldFacts).values(fact).onConflictDoUpdate({ target: worldFacts.name, set: fact }).run();
}

function scrubbedAt(db: BetterSQLite3Database): number {
  const fact = db.select().from(worldFacts).where(eq(worldFacts.name, SCRUBBED_AT)).get();
  return Number(fact?.value ?? Number.NEGATIVE_INFINITY);
}

function isSmall(db: BetterSQLite3Database): boolean {
  const size = db.get<{ bytes: number }>(
    sql`SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()`,
  );
  return size.bytes <= SMALL;
}
