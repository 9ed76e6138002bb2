import { and, eq, gt, like, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { DomainEvent } from '../../world/event.ts';
import { balances } from '../../world/ledger.table.ts';
import { changeBalance, type Holder, itemAsset } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource, ItemAmount } from '../content/catalog.ts';
import type { Players } from '../players/players.ts';

const ITEM = itemAsset('');

/** What somebody has of each item. */
export type Holdings = ReadonlyMap<string, number>;

/** The items that players have. */
export class Inventory {
  readonly #players: Players;
  readonly #catalog: CatalogSource;

  constructor(players: Players, catalog: CatalogSource) {
    this.#players = players;
    this.#catalog = catalog;
  }

  /** Everything somebody has; for a newcomer, what they will find when they start. */
  list(db: BetterSQLite3Database, holder: Holder): Holdings {
    if (!this.#players.has(db, holder)) {
      return new Map(this.#catalog.current.starter.map(({ itemId, quantity }) => [itemId, quantity]));
    }
    const { guildId, userId } = holder;
    const rows = listItems(db).all({ guildId, userId });
    return new Map(rows.map(({ asset, quantity }) => [asset.slice(ITEM.length), quantity]));
  }

  /** Hands items over, by an event that was published before. */
  give(tx: Tx, holder: Holder, items: readonly ItemAmount[], event: DomainEvent): void {
    for (const { itemId, quantity } of items) changeBalance(tx, holder, itemAsset(itemId), quantity, event);
  }

  /** Takes items away, by an event that was published before. Check with {@link missingItems} first. */
  take(tx: Tx, holder: Holder, items: readonly ItemAmount[], event: DomainEvent): void {
    for (const { itemId, quantity } of items) changeBalance(tx, holder, itemAsset(itemId), -quantity, event);
  }
}

const listItems = prepared((db) =>
  db
    .select({ asset: balances.asset, quantity: balances.quantity })
    .from(balances)
    .where(
      and(
        eq(balances.guildId, sql.placeholder('guildId')),
        eq(balances.userId, sql.placeholder('userId')),
        like(balances.asset, `${ITEM}%`),
        gt(balances.quantity, 0),
      ),
    )
    .prepare(),
);

/** An item of which there isn't enough. */
export interface MissingItem {
  readonly itemId: string;
  readonly needed: number;
  readonly have: number;
}

/** What is missing of what is needed; empty when there is enough of everything. */
export function missingItems(holdings: Holdings, needed: readonly ItemAmount[]): MissingItem[] {
  return needed
    .map(({ itemId, quantity }) => ({ itemId, needed: quantity, have: holdings.get(itemId) ?? 0 }))
    .filter(({ needed, have }) => have < needed);
}
