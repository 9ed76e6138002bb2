import { existsSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { count } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { loadConfig } from '../../config/load.ts';
import { ledger } from '../../world/ledger.table.ts';
import { verifyLedger } from '../../world/ledger.ts';
import { run, say, UsageError } from './command.ts';

const USAGE = `npm run world -- verify

  verify   proves that every balance is the sum of its ledger rows; exits with 1 when one is not`;

run(USAGE, { verify });

/** Reads only, and may run beside the bot. */
function verify(): number {
  const file = join(loadConfig().dataDir, 'world.sqlite');
  if (!existsSync(file))
    throw new UsageError(`There is no world at ${file} yet: start the bot once, or set DATA_DIR.`);
  const database = new SQLite(file, { readonly: true });
  try {
    const db = drizzle(database);
    const rows = db.select({ count: count() }).from(ledger).get()?.count ?? 0;
    const discrepancies = verifyLedger(db);
    if (discrepancies.length === 0) {
      say(`The ledger equals the balances (${rows} rows).`);
      return 0;
    }
    say(`Not what the ledger says: ${discrepancies.length} of the balances.`);
    for (const { guildId, userId, asset, balance, ledger: sum } of discrepancies) {
      say(`  server ${guildId}, user ${userId}, ${asset}: the balance is ${balance}, the ledger says ${sum}`);
    }
    return 1;
  } finally {
    database.close();
  }
}
