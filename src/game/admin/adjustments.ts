import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { balanceAdjusted } from '../../events/balanceAdjusted.ts';
import type { EventOf } from '../../events/define-event.ts';
import { type Asset, changeBalance, type Holder, itemAsset, readBalance } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource } from '../content/catalog.ts';
import type { Crafting } from '../crafting/crafting.ts';
import type { Players } from '../players/players.ts';
import { levelProgress } from '../progression/levels.ts';
import { refuse } from '../refusal.ts';
import type { Reversible } from './undoing.ts';

declare module '../refusal.ts' {
  interface Refusals {
    grantToYourself: Record<string, never>;
    amountOutOfRange: { largest: number };
    reasonUnfit: { longest: number };
    /** `count` is how many of it there are. */
    takesTooMuch: { userId: string; asset: Asset; count: number };
    /** `count` is how many of it are left. */
    usedMeanwhile: { userId: string; asset: Asset; needed: number; count: number };
    levelInUse: { userId: string };
  }
}

/** How much can be granted or taken at once. */
export const LARGEST_ADJUSTMENT = 1_000_000;

/** How many characters a reason has at the most. */
export const LONGEST_REASON = 120;

/** Something that is given to a player or taken from them. */
export interface Adjustment {
  /** Who gets it or has it. */
  readonly userId: string;
  /** As the admin gave it: its item not yet known to exist. */
  readonly asset: Asset;
  readonly amount: number;
  /** The player is told it. */
  readonly reason: string;
}

export type BalanceAdjusted = EventOf<typeof balanceAdjusted>;

export interface AdjustmentServices {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly crafting: Crafting;
}

/**
 * What those who run a server give to players and take from them. Nothing counts it as earned: no achievement, no
 * leaderboard and no celebrated level comes from it, so that it can be taken back as if it had never been. The level
 * follows from the XP as always.
 */
export class Adjustments implements Reversible<BalanceAdjusted> {
  readonly definition = balanceAdjusted;
  readonly #services: AdjustmentServices;

  constructor(services: AdjustmentServices) {
    this.#services = services;
  }

  /**
   * Gives somebody something out of nothing. Who has never played here becomes a player first, as by any first step;
   * that is no part of the grant, and stays when it is taken back.
   *
   * @throws Refusal grantToYourself, amountOutOfRange, reasonUnfit or unknownItem
   */
  grant(tx: Tx, admin: Holder, wish: Adjustment): BalanceAdjusted {
    const { userId, asset, amount } = wish;
    if (userId === admin.userId) refuse('grantToYourself', {});
    const reason = requireSensible(wish);
    this.#requireKnown(asset);
    const player = { guildId: admin.guildId, userId };
    this.#services.players.ensure(tx, player);
    return adjust(tx, player, { asset, change: amount, reason, adminId: admin.userId, undoes: null });
  }

  /**
   * Takes something from somebody; also what the content doesn't know any more.
   *
   * @throws Refusal amountOutOfRange, reasonUnfit, unknownItem or takesTooMuch
   */
  take(tx: Tx, admin: Holder, wish: Adjustment): BalanceAdjusted {
    const { userId, asset, amount } = wish;
    const reason = requireSensible(wish);
    const player = { guildId: admin.guildId, userId };
    const have = readBalance(tx.db, player, asset);
    if (have === 0) this.#requireKnown(asset);
    if (have < amount) refuse('takesTooMuch', { userId, asset, count: have });
    return adjust(tx, player, { asset, change: -amount, reason, adminId: admin.userId, undoes: null });
  }

  requireReversible(db: BetterSQLite3Database, admin: Holder, event: BalanceAdjusted): void {
    const player = playerOf(event);
    const { asset, change, adminId } = event.data;
    // Else whoever was taken something could give it back to themselves.
    if (change < 0 && player.userId === admin.userId && adminId !== admin.userId)
      refuse('grantToYourself', {});
    const left = readBalance(db, player, asset) - change;
    if (left < 0) {
      const { userId } = player;
      refuse('usedMeanwhile', { userId, asset, needed: change, count: left + change });
    }
    if (asset === 'xp' && change > 0) this.#requireLevelUnused(db, player, left);
  }

  reverse(tx: Tx, admin: Holder, event: BalanceAdjusted): BalanceAdjusted {
    const { asset, change, reason } = event.data;
    const adminId = admin.userId;
    return adjust(tx, playerOf(event), { asset, change: -change, reason, adminId, undoes: event.id });
  }

  /** @throws Refusal unknownItem */
  #requireKnown(asset: Asset): void {
    if (asset === 'xp') return;
    const itemId = asset.slice(itemAsset('').length);
    if (!this.#services.catalog.current.items.has(itemId)) refuse('unknownItem', { asked: itemId });
  }

  /**
   * A slot or a place in the queue that a level has opened may have been taken: that cannot be undone.
   *
   * @param xp what would be left
   * @throws Refusal levelInUse
   */
  #requireLevelUnused(db: BetterSQLite3Database, player: Holder, xp: number): void {
    const { catalog, crafting } = this.#services;
    const { level } = levelProgress(xp);
    const bench = crafting.workbench(db, player, 0);
    const isTaken = (perk: 'craftingSlots' | 'queueLength', now: number, used: number) =>
      used <= now && used > catalog.current.perk(perk, level);
    const isInUse =
      isTaken('craftingSlots', bench.slots, bench.active.length) ||
      isTaken('queueLength', bench.queueLength, bench.waiting.length);
    if (isInUse) refuse('levelInUse', { userId: player.userId });
  }
}

/** @returns the reason without what is around it @throws Refusal amountOutOfRange or reasonUnfit */
function requireSensible({ amount, reason }: Adjustment): string {
  const isPossible = Number.isInteger(amount) && amount >= 1 && amount <= LARGEST_ADJUSTMENT;
  if (!isPossible) refuse('amountOutOfRange', { largest: LARGEST_ADJUSTMENT });
  const trimmed = reason.replace(/\s+/g, ' ').trim();
  const isFit = trimmed !== '' && [...trimmed].length <= LONGEST_REASON;
  return isFit ? trimmed : refuse('reasonUnfit', { longest: LONGEST_REASON });
}

function adjust(
  tx: Tx,
  player: Holder,
  what: Pick<BalanceAdjusted['data'], 'asset' | 'change' | 'reason' | 'adminId' | 'undoes'>,
): BalanceAdjusted {
  const { asset, change } = what;
  const before = readBalance(tx.db, player, asset);
  const event = tx.publish(balanceAdjusted, { ...player, data: { ...what, before, after: before + change } });
  changeBalance(tx, player, asset, change, event);
  return event;
}

function playerOf({ guildId, userId }: BalanceAdjusted): Holder {
  // Of a balance that is nobody's there is no event.
  return { guildId, userId: userId ?? '' };
}
