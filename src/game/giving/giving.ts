import { z } from 'zod';
import { itemGiven } from '../../events/itemGiven.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource, ItemAmount } from '../content/catalog.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { requireHeld } from '../inventory/require-held.ts';
import type { Actor, Players } from '../players/players.ts';
import type { ProposalKind, Proposals } from '../proposals/proposals.ts';
import { refuse } from '../refusal.ts';

declare module '../refusal.ts' {
  interface Refusals {
    unknownItem: { asked: string };
    giftToYourself: Record<string, never>;
  }
}

/** What one player gives another. */
export interface Present extends ItemAmount {
  /** Who gets it. */
  readonly to: string;
}

const giftProposal: ProposalKind<Present> = {
  name: 'gift',
  facts: z.object({ to: z.string(), itemId: z.string(), quantity: z.int().positive() }),
};

export interface GivingServices {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly proposals: Proposals;
}

/** Giving things to somebody else in the same server. What is given is gone, so the giver is asked first. */
export class Giving {
  readonly #services: GivingServices;

  constructor(services: GivingServices) {
    this.#services = services;
  }

  /**
   * Writes down what the giver is asked to confirm.
   *
   * @param present its item as the player gave it: not yet known to exist
   * @returns the proposal's id
   * @throws Refusal giftToYourself, unknownItem or notThatMany
   */
  propose(tx: Tx, giver: Actor, present: Present): string {
    const { catalog, players, inventory, proposals } = this.#services;
    const { to, itemId, quantity } = present;
    if (to === giver.userId) refuse('giftToYourself', {});
    if (!catalog.current.items.has(itemId)) refuse('unknownItem', { asked: itemId });
    players.ensure(tx, giver);
    requireHeld(inventory, tx.db, giver, itemId, quantity);
    return proposals.make(tx, giver, giftProposal, { to, itemId, quantity });
  }

  /**
   * Hands over what was proposed. Whoever gets it is a player from then on.
   *
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver; notThatMany when the giver has fewer by now
   */
  accept(tx: Tx, giver: Actor, proposalId: string): Present {
    const { players, inventory, proposals } = this.#services;
    players.ensure(tx, giver);
    const present = proposals.accept(tx, giver, giftProposal, proposalId);
    const { to, itemId, quantity } = present;
    requireHeld(inventory, tx.db, giver, itemId, quantity);
    const { guildId, userId } = giver;
    const recipient: Holder = { guildId, userId: to };
    players.ensure(tx, recipient);
    const event = tx.publish(itemGiven, { guildId, userId, data: { to, itemId, quantity } });
    inventory.take(tx, giver, [{ itemId, quantity }], event);
    inventory.give(tx, recipient, [{ itemId, quantity }], event);
    return present;
  }

  /**
   * Keeps what was proposed to be given away.
   *
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver
   */
  decline(tx: Tx, holder: Holder, proposalId: string): void {
    this.#services.proposals.decline(tx, holder, giftProposal, proposalId);
  }
}
