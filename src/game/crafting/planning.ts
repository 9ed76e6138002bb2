import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { z } from 'zod';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource } from '../content/catalog.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Actor } from '../players/players.ts';
import type { Progression } from '../progression/progression.ts';
import type { ProposalKind, Proposals } from '../proposals/proposals.ts';
import { refuse } from '../refusal.ts';
import { type Crafting, LARGEST_QUANTITY } from './crafting.ts';
import type { Craft } from './crafts.table.ts';
import { type CraftPlan, type PlanStep, planCraft } from './plan.ts';

/** How many steps are offered at once: as many as one row of buttons holds. */
const MOST_OFFERS = 5;

/** An order that one press of a button places. */
const craftStep: ProposalKind<{ recipeId: string; quantity: number }> = {
  name: 'craftStep',
  facts: z.object({ recipeId: z.string(), quantity: z.int().positive() }),
};

/** A step that can be made now, as it is offered. */
export interface OfferedStep {
  readonly proposalId: string;
  readonly recipeId: string;
  readonly quantity: number;
}

export interface PlanningServices {
  readonly catalog: CatalogSource;
  readonly inventory: Inventory;
  readonly progression: Progression;
  readonly proposals: Proposals;
  readonly crafting: Crafting;
}

/** Shows the way to what somebody lacks materials for, and lets them take its steps. */
export class Planning {
  readonly #services: PlanningServices;

  constructor(services: PlanningServices) {
    this.#services = services;
  }

  /**
   * What somebody has to make and to find for an order.
   *
   * @throws Refusal unknownRecipe
   */
  planCraft(db: BetterSQLite3Database, holder: Holder, recipeId: string, quantity: number): CraftPlan {
    const { catalog, inventory, progression } = this.#services;
    const recipe = catalog.current.recipes.get(recipeId) ?? refuse('unknownRecipe', { asked: recipeId });
    const means = { holdings: inventory.list(db, holder), level: progression.progress(db, holder).level };
    return planCraft(catalog.current, means, recipe, quantity);
  }

  /** Offers the first steps of a plan that can be made now, each to be taken once. */
  offerSteps(tx: Tx, holder: Holder, { steps }: CraftPlan): OfferedStep[] {
    return steps
      .filter(({ state }) => state === 'now')
      .slice(0, MOST_OFFERS)
      .map((step) => this.#offer(tx, holder, step));
  }

  /**
   * Places the order of a step that was offered.
   *
   * @throws Refusal unknownProposal, notYourProposal, proposalIsOver, or whatever `startCraft` refuses; it can be
   * taken again then
   */
  takeStep(tx: Tx, actor: Actor, proposalId: string): Craft {
    const { proposals, crafting } = this.#services;
    const step = proposals.accept(tx, actor, craftStep, proposalId);
    return crafting.startCraft(tx, { ...actor, ...step });
  }

  #offer(tx: Tx, holder: Holder, { recipe, quantity }: PlanStep): OfferedStep {
    const step = { recipeId: recipe.id, quantity: Math.min(quantity, LARGEST_QUANTITY) };
    return { ...step, proposalId: this.#services.proposals.make(tx, holder, craftStep, step) };
  }
}
