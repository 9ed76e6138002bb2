import { and, asc, eq, lte, min, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { type Holder, itemAsset } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { Announcements } from '../announcements/announcements.ts';
import { notificationWay } from '../announcements/ways.ts';
import type { ItemAmount } from '../content/catalog.ts';
import type { Players } from '../players/players.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Resumable } from '../resumable.ts';
import { engagementNews } from './engagement-news.table.ts';

declare module '../../world/outbox.ts' {
  interface JobPayloads {
    tellEngagement: { guildId: string };
  }
}

/** So long is collected before a player is told, and so often they are told at the most. */
const COLLECTED_FOR = 60 * 60_000;

const ITEM = itemAsset('');

export interface EngagementNewsServices {
  readonly players: Players;
  readonly preferences: Preferences;
  readonly announcements: Announcements;
}

/** Tells players what taking part has brought them: only those who asked for it, and collected. */
export class EngagementNews implements Resumable {
  readonly #services: EngagementNewsServices;

  constructor(services: EngagementNewsServices) {
    this.#services = services;
  }

  /** Whether a player wants to be told what taking part brings them, levels and achievements reached by it included. */
  isWanted(db: BetterSQLite3Database, holder: Holder): boolean {
    return this.#services.preferences.get(db, holder, notificationWay('engagement')) !== 'off';
  }

  /** Notes a reward for who wants to be told; the job `tellEngagement` tells it. */
  collect(tx: Tx, holder: Holder, xp: number, items: readonly ItemAmount[]): void {
    if (!this.isWanted(tx.db, holder)) return;
    if (xp > 0) this.#add(tx, holder, 'xp', xp);
    for (const { itemId, quantity } of items) this.#add(tx, holder, itemAsset(itemId), quantity);
    tx.request({ ...telling(holder.guildId, tx.now + COLLECTED_FOR), keepEarlier: true });
  }

  /** Tells the players of a server whose time has come, and asks for itself when the next one's comes. */
  tellDue(tx: Tx, guildId: string): void {
    const due = tx.db
      .selectDistinct({ userId: engagementNews.userId })
      .from(engagementNews)
      .where(and(eq(engagementNews.guildId, guildId), lte(engagementNews.tellAt, tx.now)))
      .orderBy(asc(engagementNews.userId))
      .all();
    for (const { userId } of due) this.#tell(tx, { guildId, userId });
    this.resumeServer(tx, guildId);
  }

  resumeServer(tx: Tx, guildId: string): void {
    const next = tx.db
      .select({ at: min(engagementNews.tellAt) })
      .from(engagementNews)
      .where(eq(engagementNews.guildId, guildId))
      .get();
    // Not `keepEarlier`: the request that is being carried out still waits, and its time is over.
    if (next?.at != null) tx.request(telling(guildId, next.at));
  }

  /** Tells what was collected where the player played last; nobody, when they don't want to know any more. */
  #tell(tx: Tx, holder: Holder): void {
    const { guildId, userId } = holder;
    const { players, announcements } = this.#services;
    const mine = and(eq(engagementNews.guildId, guildId), eq(engagementNews.userId, userId));
    const news = tx.db.select().from(engagementNews).where(mine).orderBy(asc(engagementNews.asset)).all();
    tx.db.delete(engagementNews).where(mine).run();
    const channelId = players.channel(tx.db, holder);
    if (channelId === null) return;
    announcements.tell(tx, holder, channelId, {
      kind: 'engagement',
      xp: news.find(({ asset }) => asset === 'xp')?.quantity ?? 0,
      items: news
        .filter(({ asset }) => asset.startsWith(ITEM))
        .map(({ asset, quantity }) => ({ itemId: asset.slice(ITEM.length), quantity })),
    });
  }

  #add(tx: Tx, { guildId, userId }: Holder, asset: string, quantity: number): void {
    tx.db
      .insert(engagementNews)
      .values({ guildId, userId, asset, quantity, tellAt: tx.now + COLLECTED_FOR })
      .onConflictDoUpdate({
        target: [engagementNews.guildId, engagementNews.userId, engagementNews.asset],
        set: { quantity: sql`${engagementNews.quantity} + ${quantity}` },
      })
      .run();
  }
}

/** By server: whose news these are is no business of the queue's, which keeps what was in it. */
function telling(guildId: string, runAt: number) {
  return { task: 'tellEngagement', id: guildId, payload: { guildId }, runAt } as const;
}
