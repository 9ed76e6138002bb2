import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { playerJoined } from '../../events/playerJoined.ts';
import { changeBalance, type Holder, itemAsset } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource } from '../content/catalog.ts';
import { players } from './players.table.ts';

/** Somebody who does something: who, where, and in which language. */
export interface Actor extends Holder {
  readonly channelId: string;
  /** As Discord names it, such as `de`. */
  readonly locale: string;
}

/** Who plays, and what they start with. */
export class Players {
  readonly #catalog: CatalogSource;

  constructor(catalog: CatalogSource) {
    this.#catalog = catalog;
  }

  /**
   * Makes sure that somebody is a player here; the first time, they get the starter materials. Where they act and in
   * which language is kept, where it is known: there and so they are told what concerns them.
   */
  ensure(tx: Tx, actor: Holder & Partial<Actor>): void {
    const { guildId, userId, channelId = null, locale = null } = actor;
    const { changes } = addPlayer(tx.db).run({ guildId, userId, joinedAt: tx.now, channelId, locale });
    if (changes === 0) {
      if (channelId !== null) notePlayer(tx.db).run({ guildId, userId, channelId, locale });
      return;
    }
    const { starter } = this.#catalog.current;
    const event = tx.publish(playerJoined, { guildId, userId, data: { starterItems: [...starter] } });
    for (const { itemId, quantity } of starter) changeBalance(tx, actor, itemAsset(itemId), quantity, event);
  }

  /** Where somebody played last; null for who only ever chatted. */
  channel(db: BetterSQLite3Database, { guildId, userId }: Holder): string | null {
    return findPlayer(db).get({ guildId, userId })?.channelId ?? null;
  }

  /** The language that somebody's Discord spoke when they played last, as Discord names it. */
  locale(db: BetterSQLite3Database, { guildId, userId }: Holder): string | null {
    return findPlayer(db).get({ guildId, userId })?.locale ?? null;
  }

  /** Since when somebody plays here; undefined for who never did. */
  joinedAt(db: BetterSQLite3Database, { guildId, userId }: Holder): number | undefined {
    return findPlayer(db).get({ guildId, userId })?.joinedAt;
  }

  /** Whether somebody has ever played here. */
  has(db: BetterSQLite3Database, { guildId, userId }: Holder): boolean {
    return findPlayer(db).get({ guildId, userId }) !== undefined;
  }
}

const guildId = sql.placeholder('guildId');
const userId = sql.placeholder('userId');
const channelId = sql.placeholder('channelId');
const locale = sql.placeholder('locale');

const addPlayer = prepared((db) =>
  db
    .insert(players)
    .values({ guildId, userId, joinedAt: sql.placeholder('joinedAt'), channelId, locale })
    .onConflictDoNothing()
    .prepare(),
);

const notePlayer = prepared((db) =>
  db
    .update(players)
    .set({ channelId: sql`${channelId}`, locale: sql`${locale}` })
    .where(
      and(
        eq(players.guildId, guildId),
        eq(players.userId, userId),
        sql`(${players.channelId} IS NOT ${channelId} OR ${players.locale} IS NOT ${locale})`,
      ),
    )
    .prepare(),
);

const findPlayer = prepared((db) =>
  db
    .select()
    .from(players)
    .where(and(eq(players.guildId, guildId), eq(players.userId, userId)))
    .prepare(),
);
