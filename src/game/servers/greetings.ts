import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { GameConfig } from '../../config/schema.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { Announcements } from '../announcements/announcements.ts';
import { greetedServers } from './greeted-servers.table.ts';

/** That the bot says hello where it is new. */
export class Greetings {
  readonly #announcements: Announcements;
  readonly #config: { readonly current: { readonly game: Pick<GameConfig, 'greeting'> } };

  constructor(services: {
    announcements: Announcements;
    config: { readonly current: { readonly game: Pick<GameConfig, 'greeting'> } };
  }) {
    this.#announcements = services.announcements;
    this.#config = services.config;
  }

  /**
   * Whether the bot is to say hello in a server: it was never greeted, nobody has played there, nothing was set, and the
   * operator wants it.
   */
  isDue(db: BetterSQLite3Database, guildId: string): boolean {
    if (!this.#config.current.game.greeting) return false;
    const { isKnown } = db.get<{ isKnown: number }>(sql`
      SELECT EXISTS (SELECT 1 FROM greeted_servers WHERE guild_id = ${guildId})
          OR EXISTS (SELECT 1 FROM players WHERE guild_id = ${guildId})
          OR EXISTS (SELECT 1 FROM guild_settings WHERE guild_id = ${guildId}) AS isKnown`);
    return isKnown === 0;
  }

  /**
   * Says hello in a server, unless that was done.
   *
   * @param owner whose server it is
   * @param channelId where the bot may write
   */
  greet(tx: Tx, owner: Holder, channelId: string): void {
    const { guildId } = owner;
    if (!this.isDue(tx.db, guildId)) return;
    tx.db.insert(greetedServers).values({ guildId, greetedAt: tx.now }).run();
    this.#announcements.tellHere(tx, owner, channelId, { kind: 'greeting' });
  }
}
