import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Holder } from '../../world/ledger.ts';
import { refuse } from '../refusal.ts';
import type { Inventory } from './inventory.ts';

declare module '../refusal.ts' {
  interface Refusals {
    /** `count` is how many of it there are. */
    notThatMany: { itemId: string; count: number };
  }
}

/**
 * Makes sure that somebody has as many of an item as they want to part with, and that it is a number that one can part
 * with at all.
 *
 * @throws Refusal notThatMany
 */
export function requireHeld(
  inventory: Inventory,
  db: BetterSQLite3Database,
  holder: Holder,
  itemId: string,
  quantity: number,
): void {
  const have = inventory.list(db, holder).get(itemId) ?? 0;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > have) {
    refuse('notThatMany', { itemId, count: have });
  }
}
