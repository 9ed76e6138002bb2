import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { DomainEvent } from './event.ts';
import { balances, ledger } from './ledger.table.ts';
import { prepared } from './prepared.ts';
import type { Tx } from './transaction.ts';

/** What a person can have an amount of. */
export type Asset = 'xp' | `item:${string}`;

/** An item as the ledger calls it. */
export function itemAsset(itemId: string): Asset {
  return `item:${itemId}`;
}

export interface Holder {
  readonly guildId: string;
  readonly userId: string;
}

/**
 * Changes what somebody has, by an event that was published before (rule R6). A change of 0 is none.
 *
 * @returns what they have now
 * @throws RangeError when it is no whole number; SqliteError when it would leave them with less than nothing: the
 * rules of the game check before
 */
export function changeBalance(
  tx: Tx,
  holder: Holder,
  asset: Asset,
  change: number,
  event: DomainEvent,
): number {
  if (!Number.isSafeInteger(change)) throw new RangeError(`${asset} cannot change by ${change}.`);
  if (change === 0) return readBalance(tx.db, holder, asset);
  const { guildId, userId } = holder;
  const where = { guildId, userId, asset };
  addToLedger(tx.db).run({ ...where, change, eventId: event.id, occurredAt: event.occurredAt });
  const balance =
    changeQuantity(tx.db).get({ ...where, change }) ?? firstQuantity(tx.db).get({ ...where, change });
  return balance?.quantity ?? 0;
}

/** What somebody has of one thing. */
export function readBalance(db: BetterSQLite3Database, { guildId, userId }: Holder, asset: Asset): number {
  return readQuantity(db).get({ guildId, userId, asset })?.quantity ?? 0;
}

const { placeholder } = sql;

const holderAndAsset = {
  guildId: placeholder('guildId'),
  userId: placeholder('userId'),
  asset: placeholder('asset'),
};

const isBalance = and(
  eq(balances.guildId, holderAndAsset.guildId),
  eq(balances.userId, holderAndAsset.userId),
  eq(balances.asset, holderAndAsset.asset),
);

const addToLedger = prepared((db) =>
  db
    .insert(ledger)
    .values({
      ...holderAndAsset,
      change: placeholder('change'),
      eventId: placeholder('eventId'),
      occurredAt: placeholder('occurredAt'),
    })
    .prepare(),
);

const changeQuantity = prepared((db) =>
  db
    .update(balances)
    .set({ quantity: sql`${balances.quantity} + ${placeholder('change')}` })
    .where(isBalance)
    .returning({ quantity: balances.quantity })
    .prepare(),
);

const firstQuantity = prepared((db) =>
  db
    .insert(balances)
    .values({ ...holderAndAsset, quantity: placeholder('change') })
    .returning({ quantity: balances.quantity })
    .prepare(),
);

const readQuantity = prepared((db) =>
  db.select({ quantity: balances.quantity }).from(balances).where(isBalance).prepare(),
);

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
