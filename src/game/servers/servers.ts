import { eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { serverLeft } from '../../events/serverLeft.ts';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import { leftServers } from './left-servers.table.ts';

/** Which servers the bot has left. What it is in, Discord says; this is what must be known while Discord says nothing. */
export class Servers {
  /** Whether the bot was in a server and is not any more. */
  hasLeft(db: BetterSQLite3Database, guildId: string): boolean {
    return findLeft(db).get({ guildId }) !== undefined;
  }

  /** Notes that the bot is not in a server any more. */
  leave(tx: Tx, guildId: string): void {
    const left = { guildId, leftAt: tx.now };
    const { changes } = tx.db.insert(leftServers).values(left).onConflictDoNothing().run();
    if (changes > 0) tx.publish(serverLeft, { guildId, data: {} });
  }

  /** The servers of which something is known and in which the bot is, as far as is known. */
  known(db: BetterSQLite3Database): string[] {
    return db.all<{ guildId: string }>(KNOWN).map(({ guildId }) => guildId);
  }

  /** Notes that the bot is in a server (again). */
  join(tx: Tx, guildId: string): void {
    tx.db.delete(leftServers).where(eq(leftServers.guildId, guildId)).run();
  }
}

/** Every server with players, settings or something to tell has one of these. */
const KNOWN = sql`
  SELECT guild_id AS guildId FROM players
  UNION SELECT guild_id FROM guild_settings
  UNION SELECT guild_id FROM announcements WHERE state IN ('pending', 'inbox')
  EXCEPT SELECT guild_id FROM left_servers`;

// Asked for with everything that is told.
const findLeft = prepared((db) =>
  db
    .select()
    .from(leftServers)
    .where(eq(leftServers.guildId, sql.placeholder('guildId')))
    .prepare(),
);
