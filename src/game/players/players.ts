import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { playerJoined } from '../../events/playerJoined.ts';
import { changeBalance, type Holder, itemAsset } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
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
    const { changes } = addPlayer(tx.db).run({ guildId, userId, joinedAt: tx.now });
    if (changes === 0) return;
    const { starter } = this.#catalog.current;
    const event = tx.publish(playerJoined, { guildId, userId, data: { starterItems: [...starter] } });
    for (const { itemId, quantity } of starter) changeBalance(tx, holder, itemAsset(itemId), quantity, event);
  }

  /** Whether somebody has ever played here. */
  has(db: BetterSQLite3Database, { guildId, userId }: Holder): boolean {
    return findPlayer(db).get({ guildId, userId }) !== undefined;
  }
}

const guildId = sql.placeholder('guildId');
const userId = sql.placeholder('userId');

const addPlayer = prepared((db) =>
  db
    .insert(players)
    .values({ guildId, userId, joinedAt: sql.placeholder('joinedAt') })
    .onConflictDoNothing()
    .prepare(),
);

const findPlayer = prepared((db) =>
  db
    .select()
    .from(players)
    .where(and(eq(players.guildId, guildId), eq(players.userId, userId)))
    .prepare(),
);
