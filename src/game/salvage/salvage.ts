import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { z } from 'zod';
import { itemSalvaged } from '../../events/itemSalvaged.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import { type CatalogSource, type ItemAmount, recipeInputs } from '../content/catalog.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { requireHeld } from '../inventory/require-held.ts';
import type { Actor, Players } from '../players/players.ts';
import type { ProposalKind, Proposals } from '../proposals/proposals.ts';
import { refuse } from '../refusal.ts';
import { type Composition, type Range, type Returns, rangeOfReturns, rollReturns } from './returns.ts';

declare module '../refusal.ts' {
  interface Refusals {
    unknownItem: { asked: string };
    notSalvageable: { itemId: string };
  }
}

/** What somebody might take apart, and what would come back. */
export interface SalvagePreview {
  readonly itemId: string;
  readonly quantity: number;
  readonly ranges: readonly Range[];
}

/** A preview that was put to somebody as a question. */
export interface SalvageProposal extends SalvagePreview {
  readonly proposalId: string;
}

/** What was taken apart, and what came back. */
export interface Salvaged extends Returns {
  readonly itemId: string;
  readonly quantity: number;
}

const amount = z.object({ itemId: z.string(), quantity: z.int().positive() });

const salvageProposal: ProposalKind<ItemAmount & Composition> = {
  name: 'salvage',
  facts: amount.extend({ takes: z.array(amount), yields: z.int().positive() }),
};

export interface SalvageServices {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly proposals: Proposals;
}

/** Taking things apart again. Something is lost by it, so players are asked first. */
export class Salvage {
  readonly #services: SalvageServices;

  constructor(services: SalvageServices) {
    this.#services = services;
  }

  /**
   * What would come back if somebody took something apart.
   *
   * @param itemId as the player gave it: not yet known to exist
   * @throws Refusal unknownItem, notSalvageable or notThatMany
   */
  preview(db: BetterSQLite3Database, holder: Holder, itemId: string, quantity: number): SalvagePreview {
    const composition = this.#require(itemId);
    requireHeld(this.#services.inventory, db, holder, itemId, quantity);
    return { itemId, quantity, ranges: rangeOfReturns(composition, quantity) };
  }

  /**
   * Writes down what somebody is asked to confirm.
   *
   * @throws Refusal unknownItem, notSalvageable or notThatMany
   */
  propose(tx: Tx, actor: Actor, itemId: string, quantity: number): SalvageProposal {
    const { players, proposals } = this.#services;
    players.ensure(tx, actor);
    const preview = this.preview(tx.db, actor, itemId, quantity);
    const facts = { itemId, quantity, ...this.#require(itemId) };
    return { ...preview, proposalId: proposals.make(tx, actor, salvageProposal, facts) };
  }

  /**
   * Takes apart what was proposed.
   *
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver; notThatMany when they have fewer by now
   */
  accept(tx: Tx, actor: Actor, proposalId: string): Salvaged {
    const { players, inventory, proposals } = this.#services;
    players.ensure(tx, actor);
    const { itemId, quantity, ...composition } = proposals.accept(tx, actor, salvageProposal, proposalId);
    requireHeld(inventory, tx.db, actor, itemId, quantity);
    const { perfect, items } = rollReturns(composition, quantity, tx.random);
    const { guildId, userId } = actor;
    const event = tx.publish(itemSalvaged, {
      guildId,
      userId,
      data: { itemId, quantity, perfect, returned: [...items] },
    });
    inventory.take(tx, actor, [{ itemId, quantity }], event);
    inventory.give(tx, actor, items, event);
    return { itemId, quantity, perfect, items };
  }

  /**
   * Leaves together what was proposed to be taken apart.
   *
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver
   */
  decline(tx: Tx, holder: Holder, proposalId: string): void {
    this.#services.proposals.decline(tx, holder, salvageProposal, proposalId);
  }

  /** What somebody has that can be taken apart, and how many. */
  choices(db: BetterSQLite3Database, holder: Holder): ItemAmount[] {
    return [...this.#services.inventory.list(db, holder)]
      .map(([itemId, quantity]) => ({ itemId, quantity }))
      .filter(({ itemId }) => this.composition(itemId) !== undefined);
  }

  /** What an item is taken apart by: its usual recipe. Undefined for what nobody makes. */
  composition(itemId: string): Composition | undefined {
    const [usual] = this.#services.catalog.current.recipesMaking(itemId);
    return usual && { takes: recipeInputs(usual), yields: usual.yields };
  }

  #require(itemId: string): Composition {
    if (!this.#services.catalog.current.items.has(itemId)) refuse('unknownItem', { asked: itemId });
    return this.composition(itemId) ?? refuse('notSalvageable', { itemId });
  }
}
