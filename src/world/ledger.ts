import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { DomainEvent } from './event.ts';
import { balances, ledger } from './ledger.table.ts';
import type { Tx } from './transaction.ts';

/** What a person can have an amount of. */
export type Asset = 'xp' | `item:${string}`;

export interface Holder {
  readonly guildId: string;
  readonly userId: string;
}

/**
 * Changes what somebody has, by an event that was published before (rule R6). A change of 0 is none.
 *
 * @returns what they have now
 * @throws SqliteError when it would leave them with less than nothing; the rules of the game check before
 */
export function changeBalance(
  tx: Tx,
  holder: Holder,
  asset: Asset,
  change: number,
  event: DomainEvent,
): number {
  if (change === 0) return readBalance(tx.db, holder, asset);
  const { guildId, userId } = holder;
  tx.db
    .insert(ledger)
    .values({ guildId, userId, asset, change, eventId: event.id, occurredAt: event.occurredAt })
    .run();
  // Two statements: SQLite checks the constraint on the row to insert before it looks for a conflict.
  tx.db.insert(balances).values({ guildId, userId, asset, quantity: 0 }).onConflictDoNothing().run();
  const balance = tx.db
    .update(balances)
    .set({ quantity: sql`${balances.quantity} + ${change}` })
    .where(isBalance(holder, asset))
    .returning({ quantity: balances.quantity })
    .get();
  return balance?.quantity ?? 0;
}

/** What somebody has of one thing. */
export function readBalance(db: BetterSQLite3Database, holder: Holder, asset: Asset): number {
  const row = db.select({ quantity: balances.quantity }).from(balances).where(isBalance(holder, asset)).get();
  return row?.quantity ?? 0;
}

function isBalance({ guildId, userId }: Holder, asset: Asset) {
  return and(eq(balances.guildId, guildId), eq(balances.userId, userId), eq(balances.asset, asset));
}

/** A balance that isn't the sum of its ledger rows. */
export interface Discrepancy extends Holder {
  readonly asset: string;
  readonly balance: number;
  readonly ledger: number;
}

/** Compares every balance with the sum of its ledger rows. An empty list is the proof that they agree. */
export function verifyLedger(db: BetterSQLite3Database): Discrepancy[] {
  return db.all<Discrepancy>(sql`
    WITH sums AS (SELECT guild_id, user_id, asset, sum(change) AS total FROM ledger GROUP BY 1, 2, 3)
    SELECT coalesce(sums.guild_id, b.guild_id) AS guildId, coalesce(sums.user_id, b.user_id) AS userId,
           coalesce(sums.asset, b.asset) AS asset, coalesce(b.quantity, 0) AS balance,
           coalesce(sums.total, 0) AS ledger
    FROM sums FULL JOIN balances AS b USING (guild_id, user_id, asset)
    WHERE coalesce(b.quantity, 0) <> coalesce(sums.total, 0)
    ORDER BY 1, 2, 3`);
}
