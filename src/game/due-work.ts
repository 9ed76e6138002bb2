import { and, eq, type SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Holder } from '../world/ledger.ts';
import type { Tx } from '../world/transaction.ts';
import type { World } from '../world/world.ts';

/** Something of a player that ends by itself at its time. */
export interface Due {
  readonly id: string;
  /** When it ends, in milliseconds UTC. */
  readonly at: number;
  /** Ends it as of its time. Does nothing if that was done meanwhile. */
  finish(tx: Tx): void;
}

/** Something under way that could end at once. */
export interface Upcoming extends Holder {
  readonly kind: 'craft' | 'trip';
  readonly id: string;
  /** The recipe or the place. */
  readonly what: string;
  /** When it ends, in milliseconds UTC. */
  readonly at: number;
  /** Lets it be due now; its job is asked for. */
  hurry(tx: Tx): void;
}

/** A part of the game in which things end by themselves. */
export interface TimedPart {
  /** What ends next of what somebody has under way. */
  nextDue(db: BetterSQLite3Database, holder: Holder): Due | undefined;
  /**
   * What ends next of what isn't due yet: of one person, of one server or of everybody.
   *
   * @param after in milliseconds UTC
   */
  upcoming(db: BetterSQLite3Database, whose: Partial<Holder>, after: number): Upcoming | undefined;
  /** Gives up everything that somebody has under way. @returns how much that was */
  cancelAll(tx: Tx, holder: Holder): number;
}

/** A table whose rows are players'. */
interface HoldersTable {
  readonly guildId: SQLiteColumn;
  readonly userId: SQLiteColumn;
}

/** The condition that a row is one person's or one server's; none where it may be anybody's. */
export function isOf(table: HoldersTable, { guildId, userId }: Partial<Holder>): SQL | undefined {
  return and(
    guildId === undefined ? undefined : eq(table.guildId, guildId),
    userId === undefined ? undefined : eq(table.userId, userId),
  );
}

/**
 * Ends what is due, in the order in which it became due, each in a transaction of its own. Whoever comes first does
 * that, a job or the player's next command: so a queue that is late, or a bot that was away, is never in anybody's way,
 * and what each ending leads to (a level, a freed slot) is there before the next.
 */
export class DueWork {
  readonly #parts: readonly TimedPart[];

  constructor(parts: readonly TimedPart[]) {
    this.#parts = parts;
  }

  /**
   * Ends everything of one player that is due.
   *
   * @param by in milliseconds UTC; what is due later stays. Defaults to now
   */
  settle(world: World, holder: Holder, by: number = world.clock.now()): void {
    let due = this.#next(world, holder, by);
    while (due) {
      const { id, finish } = due;
      world.transact({ cause: `due:${id}` }, finish);
      due = this.#next(world, holder, by);
      if (due?.id !== id) continue;
      if (due.at <= world.clock.now()) throw new Error(`${id} is due and doesn't end.`);
      // The clock was set back in between: it will be due again.
      return;
    }
  }

  /** Gives up everything that somebody has under way. @returns how much that was */
  cancelAll(tx: Tx, holder: Holder): number {
    return this.#parts.reduce((cancelled, part) => cancelled + part.cancelAll(tx, holder), 0);
  }

  /** Lets what would end next end now, for whoever develops. @returns what that is */
  finishNext(tx: Tx, whose: Partial<Holder>): Upcoming | undefined {
    const [next] = this.#parts
      .flatMap((part) => part.upcoming(tx.db, whose, tx.now) ?? [])
      .sort((one, other) => one.at - other.at);
    next?.hurry(tx);
    return next;
  }

  #next(world: World, holder: Holder, by: number): Due | undefined {
    return this.#parts
      .flatMap((part) => part.nextDue(world.reader, holder) ?? [])
      .filter(({ at }) => at <= by)
      .sort((one, other) => one.at - other.at)[0];
  }
}
