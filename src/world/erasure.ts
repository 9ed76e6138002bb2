import { tables } from './tables.ts';
import type { Tx } from './transaction.ts';

/**
 * Deletes every row of a server, in every table there is, and every row of the world that names it.
 *
 * @returns how many rows that were
 */
export function eraseServer(tx: Tx, guildId: string): number {
  // Those that refer to others go before them.
  return tables.toReversed().reduce((erased, { table, notes, ofServer, mentioning }) => {
    const naming = notes.mentions === 'deleted' ? mentioning(guildId) : undefined;
    const where = ofServer(guildId) ?? naming;
    return where ? erased + tx.db.delete(table).where(where).run().changes : erased;
  }, 0);
}
