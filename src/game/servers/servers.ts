import { eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { serverLeft } from '../../events/serverLeft.ts';
import { erasePersonFromWorld, eraseServer, peopleOnlyIn } from '../../world/erasure.ts';
import { prepared } from '../../world/prepared.ts';
import { requestScrub } from '../../world/scrubbing.ts';
import { storedServers } from '../../world/stored-servers.ts';
import type { Tx } from '../../world/transaction.ts';
import { DAY } from '../days.ts';
import { createStandIn } from '../privacy/stand-in.ts';
import { leftServers } from './left-servers.table.ts';

declare module '../../world/outbox.ts' {
  interface JobPayloads {
    forgetServer: { guildId: string };
  }
}

/** How long everything of a server is kept for its return after it removed the bot, in milliseconds. */
export const KEPT_FOR_RETURN = 30 * DAY;

/** Which servers the bot has left. What it is in, Discord says; this is what must be known while Discord says nothing. */
export class Servers {
  /** Whether the bot was in a server and is not any more. */
  hasLeft(db: BetterSQLite3Database, guildId: string): boolean {
    return findLeft(db).get({ guildId }) !== undefined;
  }

  /** Sees to it that every server that was left is forgotten in time. Call at each start. */
  begin(tx: Tx): void {
    for (const left of tx.db.select().from(leftServers).all()) this.#forgetInTime(tx, left);
  }

  /** Notes that the bot is not in a server any more. It is forgotten when it doesn't come back in time. */
  leave(tx: Tx, guildId: string): void {
    const left = { guildId, leftAt: tx.now };
    const { changes } = tx.db.insert(leftServers).values(left).onConflictDoNothing().run();
    if (changes === 0) return;
    tx.publish(serverLeft, { guildId, data: {} });
    this.#forgetInTime(tx, left);
  }

  /**
   * Deletes everything of a server that the bot left {@link KEPT_FOR_RETURN} ago, and of those who are in no other one. Does nothing where it is back, and waits
   * where it is too early: it may have been back in between.
   */
  forget(tx: Tx, guildId: string): void {
    const left = findLeft(tx.db).get({ guildId });
    if (!left) return;
    if (left.leftAt + KEPT_FOR_RETURN > tx.now) {
      this.#forgetInTime(tx, left);
      return;
    }
    const people = peopleOnlyIn(tx.db, guildId);
    eraseServer(tx, guildId);
    // Nobody could ask any more that what belongs to no server is deleted too.
    for (const userId of people) erasePersonFromWorld(tx, userId, createStandIn(tx.random));
    requestScrub(tx);
  }

  /** The servers of which something is known and in which the bot is, as far as is known. */
  known(db: BetterSQLite3Database): string[] {
    return storedServers(db).filter((guildId) => !this.hasLeft(db, guildId));
  }

  /** Asks that it be looked then whether a server is to be forgotten. */
  requestForgetting(tx: Tx, guildId: string, runAt: number): void {
    tx.request({ task: 'forgetServer', id: guildId, payload: { guildId }, runAt });
  }

  /** Notes that the bot is in a server (again). */
  join(tx: Tx, guildId: string): void {
    tx.db.delete(leftServers).where(eq(leftServers.guildId, guildId)).run();
  }

  #forgetInTime(tx: Tx, { guildId, leftAt }: { guildId: string; leftAt: number }): void {
    this.requestForgetting(tx, guildId, leftAt + KEPT_FOR_RETURN);
  }
}

// Asked for with everything that is told.
const findLeft = prepared((db) =>
  db
    .select()
    .from(leftServers)
    .where(eq(leftServers.guildId, sql.placeholder('guildId')))
    .prepare(),
);
