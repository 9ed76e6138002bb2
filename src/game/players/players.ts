import { and, eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { playerJoined } from '../../events/playerJoined.ts';
import { changeBalance, type Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource } from '../content/catalog.ts';
import { players } from './players.table.ts';

/** Who plays, and what they start with. */
export class Players {
  readonly #catalog: CatalogSource;

  constructor(catalog: CatalogSource) {
    this.#catalog = catalog;
  }

  /** Makes sure that somebody is a player here; the first time, they get the starter materials. */
  ensure(tx: Tx, holder: Holder): void {
    const { guildId, userId } = holder;
    const { changes } = tx.db
      .insert(players)
      .values({ guildId, userId, joinedAt: tx.now })
      .onConflictDoNothing()
      .run();
    if (changes === 0) return;
    const { starter } = this.#catalog.current;
    const event = tx.publish(playerJoined, { guildId, userId, data: { starterItems: [...starter] } });
    for (const { itemId, quantity } of starter) changeBalance(tx, holder, `item:${itemId}`, quantity, event);
  }

  /** Whether somebody has ever played here. */
  has(db: BetterSQLite3Database, { guildId, userId }: Holder): boolean {
    const isThem = and(eq(players.guildId, guildId), eq(players.userId, userId));
    return db.select().from(players).where(isThem).get() !== undefined;
  }
}
