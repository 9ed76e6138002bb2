import { eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { lastSequence } from './event-log.ts';
import { prepared } from './prepared.ts';
import { projections } from './projections.table.ts';
import type { Tx } from './transaction.ts';

/** What is derived from the event log, and how far it has read it. */
export type Projection = typeof projections.$inferSelect;

/** For what hears nothing as it happens, and is made by reading the log alone. */
export const NEVER_LIVE = Number.MAX_SAFE_INTEGER;

/** What has begun under this name. */
export function findProjection(db: BetterSQLite3Database, name: string): Projection | undefined {
  return selectProjection(db).get({ name });
}

/** What has begun under names that start alike, in their order. */
export function listProjections(db: BetterSQLite3Database, prefix: string): Projection[] {
  return db
    .select()
    .from(projections)
    .where(sql`substr(${projections.name}, 1, ${prefix.length}) = ${prefix}`)
    .orderBy(projections.name)
    .all();
}

/**
 * Begins a projection, unless it has begun: from the next event on it is live, and its replay is of everything before.
 *
 * @param liveFrom {@link NEVER_LIVE} for what is made by reading the log alone
 */
export function beginProjection(
  tx: Tx,
  name: string,
  liveFrom: number = lastSequence(tx.db) + 1,
): Projection {
  const projection = { name, liveFrom, replayedTo: 0 };
  tx.db.insert(projections).values(projection).onConflictDoNothing().run();
  return findProjection(tx.db, name) ?? projection;
}

/** Notes how far the replay has come; belongs into the transaction with what the replay made of it. */
export function advanceProjection(tx: Tx, name: string, replayedTo: number): void {
  tx.db.update(projections).set({ replayedTo }).where(eq(projections.name, name)).run();
}

/** Forgets a projection; if it begins again, it reads the whole log. What it made is for its owner to remove. */
export function endProjection(tx: Tx, name: string): void {
  tx.db.delete(projections).where(eq(projections.name, name)).run();
}

/** Whether everything is in it that happened before it was live. */
export function isReplayed({ liveFrom, replayedTo }: Projection): boolean {
  return replayedTo >= liveFrom - 1;
}

const selectProjection = prepared((db) =>
  db
    .select()
    .from(projections)
    .where(eq(projections.name, sql.placeholder('name')))
    .prepare(),
);
