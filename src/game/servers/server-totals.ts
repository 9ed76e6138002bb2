import { sql } from 'drizzle-orm';
import { serverMilestoneReached } from '../../events/serverMilestoneReached.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import { milestonePassed } from './milestones.ts';
import { serverTotals } from './server-totals.table.ts';

/** What servers have done in all, all their players together. */
export class ServerTotals {
  /**
   * Adds to what a server has done, and publishes the milestone that is passed by it: the highest where there are several.
   *
   * @param holder whose deed it was
   * @param metric what is counted
   */
  count(tx: Tx, holder: Holder, metric: string, amount: number): void {
    const { guildId, userId } = holder;
    const { value } = addToTotal(tx.db).get({ guildId, metric, amount });
    const milestone = milestonePassed(value - amount, value);
    if (milestone === undefined) return;
    tx.publish(serverMilestoneReached, { guildId, userId, data: { metric, milestone } });
  }
}

const { placeholder } = sql;

// Written with every craft.
const addToTotal = prepared((db) =>
  db
    .insert(serverTotals)
    .values({ guildId: placeholder('guildId'), metric: placeholder('metric'), value: placeholder('amount') })
    .onConflictDoUpdate({
      target: [serverTotals.guildId, serverTotals.metric],
      set: { value: sql`${serverTotals.value} + excluded.value` },
    })
    .returning({ value: serverTotals.value })
    .prepare(),
);
