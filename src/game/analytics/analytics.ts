import { sql } from 'drizzle-orm';
import type { Tx } from '../../world/transaction.ts';
import { dayOf } from '../days.ts';
import { dailyCounts } from './daily-counts.table.ts';

/** Counts what happens in each server on each day. */
export class Analytics {
  /** Adds to a server's counter of the transaction's day (UTC). */
  count(tx: Tx, guildId: string, metric: string, amount: number): void {
    const day = dayOf(tx.now);
    tx.db
      .insert(dailyCounts)
      .values({ guildId, day, metric, value: amount })
      .onConflictDoUpdate({
        target: [dailyCounts.guildId, dailyCounts.day, dailyCounts.metric],
        set: { value: sql`${dailyCounts.value} + ${amount}` },
      })
      .run();
  }
}
