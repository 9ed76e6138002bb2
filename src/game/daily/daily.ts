import { and, eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { dailyClaimed } from '../../events/dailyClaimed.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import { type CatalogSource, type ItemAmount, toAmounts } from '../content/catalog.ts';
import type { DailyGift } from '../content/schema.ts';
import { DAY, dayOf, endOfDay } from '../days.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Actor, Players } from '../players/players.ts';
import { refuse } from '../refusal.ts';
import type { Terms, TermsInForce } from '../terms/terms.ts';
import { dailyStreaks } from './daily-streaks.table.ts';

declare module '../refusal.ts' {
  interface Refusals {
    /** `count` is the streak. */
    dailyTaken: { count: number; nextAt: number };
  }
}

/** What somebody gets on one day. */
export interface Gift {
  readonly items: readonly ItemAmount[];
  readonly xp: number;
}

/** A gift that was taken. */
export interface ClaimedGift extends Gift {
  /** How many days in a row, this one included. */
  readonly streak: number;
  /** Which day of the cycle of gifts this is, the first is 1. */
  readonly dayOfCycle: number;
  readonly cycle: number;
  /** When the next one is there, in milliseconds UTC. */
  readonly nextAt: number;
  /** What the next day brings if the streak goes on. */
  readonly tomorrow: Gift;
}

/** Somebody's days in a row. */
export interface Streak {
  /** The last day (UTC) that was claimed, such as 2026-11-23. */
  readonly lastDay: string;
  readonly streak: number;
  readonly longest: number;
}

export interface DailyServices {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly terms: Terms;
}

/** The gift of the day: one for each player and day (UTC), better from day to day while the streak lasts. */
export class Daily {
  readonly #services: DailyServices;

  constructor(services: DailyServices) {
    this.#services = services;
  }

  /**
   * Hands over today's gift.
   *
   * @throws Refusal dailyTaken
   */
  claim(tx: Tx, actor: Actor): ClaimedGift {
    const { players, inventory, terms } = this.#services;
    const { guildId, userId } = actor;
    const day = dayOf(tx.now);
    const before = this.streak(tx.db, actor);
    // A clock that was set back finds a day claimed that is yet to come: until it is over there is no other gift.
    if (before && before.lastDay >= day) {
      refuse('dailyTaken', { count: before.streak, nextAt: endOfDay(before.lastDay) });
    }
    players.ensure(tx, actor);

    const streak = this.currentStreak(tx.db, actor, tx.now) + 1;
    const longest = Math.max(streak, before?.longest ?? 0);
    const row = { lastDay: day, streak, longest };
    tx.db
      .insert(dailyStreaks)
      .values({ guildId, userId, ...row })
      .onConflictDoUpdate({ target: [dailyStreaks.guildId, dailyStreaks.userId], set: row })
      .run();
    const gift = this.#gift(streak, terms.at(tx.db, guildId, tx.now));
    const event = tx.publish(dailyClaimed, {
      guildId,
      userId,
      data: { day, streak, items: [...gift.items], xp: gift.xp },
    });
    inventory.give(tx, actor, gift.items, event);
    const cycle = this.#gifts.length;
    const nextAt = endOfDay(day);
    return {
      ...gift,
      streak,
      dayOfCycle: ((streak - 1) % cycle) + 1,
      cycle,
      nextAt,
      tomorrow: this.#gift(streak + 1, terms.at(tx.db, guildId, nextAt)),
    };
  }

  /** How many days in a row somebody has come; 0 once a whole day has passed without a gift. */
  currentStreak(db: BetterSQLite3Database, holder: Holder, now: number): number {
    const before = this.streak(db, holder);
    return before && before.lastDay >= dayOf(now - DAY) ? before.streak : 0;
  }

  /** Somebody's days in a row; undefined for who never took a gift. It may be over by now: see its last day. */
  streak(db: BetterSQLite3Database, { guildId, userId }: Holder): Streak | undefined {
    return db
      .select({
        lastDay: dailyStreaks.lastDay,
        streak: dailyStreaks.streak,
        longest: dailyStreaks.longest,
      })
      .from(dailyStreaks)
      .where(and(eq(dailyStreaks.guildId, guildId), eq(dailyStreaks.userId, userId)))
      .get();
  }

  /** Whether somebody could take a gift now. */
  isThere(db: BetterSQLite3Database, holder: Holder, now: number): boolean {
    const lastDay = this.streak(db, holder)?.lastDay;
    return lastDay === undefined || lastDay < dayOf(now);
  }

  get #gifts(): readonly DailyGift[] {
    return this.#services.catalog.current.daily;
  }

  /** What a day of a streak brings; after the last gift they begin anew. */
  #gift(streak: number, terms: TermsInForce): Gift {
    const { items = {}, xp = 0 } = this.#gifts[(streak - 1) % this.#gifts.length] ?? {};
    return { items: toAmounts(items), xp: terms.xp(xp) };
  }
}
