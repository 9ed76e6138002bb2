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
  /** The name under which they are known in the server. */
  readonly name?: string;
  /** The address of their picture. */
  readonly avatar?: string;
}

/** How somebody was known in a server when they played there last. */
export interface Portrait {
  readonly name: string | null;
  /** The address of their picture. */
  readonly avatar: string | null;
  /** The language that their Discord spoke, as Discord names it. */
  readonly locale: string | null;
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
    const { guildId, userId, channelId = null, locale = null, name = null, avatar = null } = actor;
    const known = { guildId, userId, channelId, locale, name, avatar };
    const { changes } = addPlayer(tx.db).run({ ...known, joinedAt: tx.now });
    if (changes === 0) {
      if (channelId !== null) notePlayer(tx.db).run(known);
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

  /** How somebody was known when they played last; null for what isn't known of them. */
  portrait(db: BetterSQLite3Database, { guildId, userId }: Holder): Portrait {
    const { name = null, avatar = null, locale = null } = findPlayer(db).get({ guildId, userId }) ?? {};
    return { name, avatar, locale };
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
const name = sql.placeholder('name');
const avatar = sql.placeholder('avatar');

const addPlayer = prepared((db) =>
  db
    .insert(players)
    .values({ guildId, userId, joinedAt: sql.placeholder('joinedAt'), channelId, locale, name, avatar })
    .onConflictDoNothing()
    .prepare(),
);

const notePlayer = prepared((db) =>
  db
    .update(players)
    .set({ channelId: sql`${channelId}`, locale: sql`${locale}`, name: sql`${name}`, avatar: sql`${avatar}` })
    .where(
      and(
        eq(players.guildId, guildId),
        eq(players.userId, userId),
        sql`(${players.channelId}, ${players.locale}, ${players.name}, ${players.avatar}) IS NOT (${channelId}, ${locale}, ${name}, ${avatar})`,
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
