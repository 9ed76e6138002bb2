import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Rarity } from '../../events/rarity.ts';
import { userLeveledUp } from '../../events/userLeveledUp.ts';
import { xpGranted } from '../../events/xpGranted.ts';
import { changeBalance, type Holder, readBalance } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import { type LevelProgress, levelProgress } from './levels.ts';

/** The XP of one craft, by the rarity of what it makes (design, "Progression"). */
export const CRAFTING_XP: Readonly<Record<Rarity, number>> = {
  common: 10,
  uncommon: 25,
  rare: 50,
  epic: 100,
  legendary: 200,
};

/** Experience and levels. The level is never stored: it follows from the XP. */
export class Progression {
  /**
   * Grants XP and, where it is enough for a new level, says so.
   *
   * @param occurredAt when it was earned, in milliseconds UTC
   */
  grantXp(tx: Tx, holder: Holder, amount: number, reason: string, occurredAt: number = tx.now): void {
    if (amount === 0) return;
    const event = tx.publish(xpGranted, { ...holder, occurredAt, data: { amount, reason } });
    const xp = changeBalance(tx, holder, 'xp', amount, event);
    const from = levelProgress(xp - amount).level;
    const to = levelProgress(xp).level;
    if (to > from) tx.publish(userLeveledUp, { ...holder, occurredAt, data: { from, to, reason } });
  }

  /** How far somebody has come, and how much XP that took in all. */
  progress(db: BetterSQLite3Database, holder: Holder): LevelProgress & { readonly xp: number } {
    const xp = readBalance(db, holder, 'xp');
    return { ...levelProgress(xp), xp };
  }
}
