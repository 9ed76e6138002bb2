import SQLite from 'better-sqlite3';
import { count } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { Leaderboards } from '../../game/leaderboards/leaderboards.ts';
import { Preferences } from '../../game/preferences/preferences.ts';
import { ledger } from '../../world/ledger.table.ts';
import { verifyLedger } from '../../world/ledger.ts';
import { withWorld, worldFile } from './beside-bot.ts';
import { run, say, UsageError } from './command.ts';
import { exportToFile, importFromFile, personToFile } from './server-files.ts';

const USAGE = `npm run world -- verify
npm run world -- rebuild leaderboards
npm run world -- export --server ID [--file FILE]
npm run world -- import FILE [--replace] [--any-size]
npm run world -- person ID [--file FILE]

  verify    proves that every balance is the sum of its ledger rows; exits with 1 when one is not
  rebuild   makes the leaderboards anew from the event log, also beside the running bot; they fill up as it goes
  export    writes everything of a server into a file, also beside the running bot; without the seeds of what runs
  import    brings a server in from such a file, all of it or nothing, while the bot is stopped; --replace puts it in
            the place of what is stored of it here, --any-size lets in files of more than 40 MiB
  person    writes everything that is stored about somebody into a file, as /privacy export gives it to them`;

/** How long the bot has the world for itself between two steps of a rebuild, in milliseconds. */
const BOTS_TURN = 20;

await run(USAGE, { verify, rebuild, export: exportToFile, import: importFromFile, person: personToFile });

/** Reads only, and may run beside the bot. */
function verify(): number {
  const database = new SQLite(worldFile(), { readonly: true });
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

function rebuild([what, ...more]: string[]): number {
  if (what !== 'leaderboards' || more.length > 0)
    throw new UsageError('What is to be rebuilt? There is: npm run world -- rebuild leaderboards');
  const leaderboards = new Leaderboards(new Preferences());
  return withWorld((world) => {
    world.transact({ cause: 'rebuild:leaderboards' }, (tx) => leaderboards.startOver(tx));
    // The bot may be counting the same log at the same time: each step goes on where the last one stopped, whoever made it.
    while (leaderboards.isBehind(world.reader)) {
      world.transact({ cause: 'rebuild:leaderboards' }, (tx) => leaderboards.countNext(tx));
      pause(BOTS_TURN);
    }
    const { players, lines } = leaderboards.size(world.reader);
    say(`The leaderboards are made anew: ${lines} scores of ${players} players.`);
    return 0;
  });
}

/** A command has nothing else to do meanwhile. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
