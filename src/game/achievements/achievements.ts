import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { achievementUnlocked } from '../../events/achievementUnlocked.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource } from '../content/catalog.ts';
import type { Achievement } from '../content/schema.ts';
import { playerCounters, unlockedAchievements } from './achievements.table.ts';

/** An achievement as somebody stands to it. */
export interface AchievementProgress {
  readonly achievement: Achievement;
  readonly value: number;
  readonly unlockedAt: number | null;
}

/** Achievements are data over counters: whoever counts need not know what is earned by it. */
export class Achievements {
  readonly #catalog: CatalogSource;

  constructor(catalog: CatalogSource) {
    this.#catalog = catalog;
  }

  /** Adds to a player's counter and unlocks what that earns. */
  count(tx: Tx, holder: Holder, counter: Achievement['counts'], amount: number): void {
    const { guildId, userId } = holder;
    const row = tx.db
      .insert(playerCounters)
      .values({ guildId, userId, counter, value: amount })
      .onConflictDoUpdate({
        target: [playerCounters.guildId, playerCounters.userId, playerCounters.counter],
        set: { value: sql`${playerCounters.value} + ${amount}` },
      })
      .returning({ value: playerCounters.value })
      .get();
    for (const achievement of this.#catalog.current.achievements.values()) {
      if (achievement.counts === counter && row.value >= achievement.goal)
        this.#unlock(tx, holder, achievement.id);
    }
  }

  /** Every achievement with a player's progress. */
  progress(db: BetterSQLite3Database, { guildId, userId }: Holder): AchievementProgress[] {
    const counters = db
      .select()
      .from(playerCounters)
      .where(and(eq(playerCounters.guildId, guildId), eq(playerCounters.userId, userId)))
      .all();
    const unlocked = db
      .select()
      .from(unlockedAchievements)
      .where(and(eq(unlockedAchievements.guildId, guildId), eq(unlockedAchievements.userId, userId)))
      .all();
    return [...this.#catalog.current.achievements.values()].map((achievement) => ({
      achievement,
      value: counters.find(({ counter }) => counter === achievement.counts)?.value ?? 0,
      unlockedAt: unlocked.find(({ achievementId }) => achievementId === achievement.id)?.unlockedAt ?? null,
    }));
  }

  #unlock(tx: Tx, { guildId, userId }: Holder, achievementId: string): void {
    const { changes } = tx.db
      .insert(unlockedAchievements)
      .values({ guildId, userId, achievementId, unlockedAt: tx.now })
      .onConflictDoNothing()
      .run();
    if (changes > 0) tx.publish(achievementUnlocked, { guildId, userId, data: { achievementId } });
  }
}
