import { and, eq, lt, not, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { z } from 'zod';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import { refuse } from '../refusal.ts';
import { type Proposal, proposals } from './proposals.table.ts';

declare module '../refusal.ts' {
  interface Refusals {
    unknownProposal: Record<string, never>;
    notYourProposal: Record<string, never>;
    proposalIsOver: { context: 'accepted' | 'declined' };
  }
}

/** How long a proposal can be answered. */
const KEPT = 24 * 60 * 60_000;

/** Accepted, and what was promised by that is still to be done by a job, however long the bot was away. */
const IS_WAITED_FOR = sql`(${proposals.state} = 'accepted' AND EXISTS (
  SELECT 1 FROM outbox WHERE outbox.payload ->> 'proposalId' = ${proposals.id}))`;

/** A kind of thing that players are asked to confirm before it is done. */
export interface ProposalKind<Facts> {
  readonly name: string;
  readonly facts: z.ZodType<Facts>;
}

/**
 * What players are asked to confirm. A proposal is a row, so that its buttons work after a restart, and is accepted
 * once, however often they are pressed.
 */
export class Proposals {
  /** Writes down what is proposed to somebody. @returns the id for the buttons */
  make<Facts>(tx: Tx, { guildId, userId }: Holder, { name }: ProposalKind<Facts>, facts: Facts): string {
    tx.db
      .delete(proposals)
      .where(and(lt(proposals.madeAt, tx.now - KEPT), not(IS_WAITED_FOR)))
      .run();
    const proposal: Proposal = {
      id: tx.createId(),
      guildId,
      userId,
      kind: name,
      facts,
      state: 'open',
      madeAt: tx.now,
    };
    tx.db.insert(proposals).values(proposal).run();
    return proposal.id;
  }

  /**
   * Notes that somebody said yes. What follows belongs in the same transaction.
   *
   * @returns what was proposed
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver
   */
  accept<Facts>(tx: Tx, holder: Holder, kind: ProposalKind<Facts>, id: string): Facts {
    return kind.facts.parse(this.#end(tx, holder, kind, id, 'accepted').facts);
  }

  /** What somebody said yes to; undefined where they did not, or where nothing is known of it any more. */
  accepted<Facts>(
    db: BetterSQLite3Database,
    { name, facts }: ProposalKind<Facts>,
    id: string,
  ): { readonly holder: Holder; readonly facts: Facts } | undefined {
    const isOfKind = and(eq(proposals.id, id), eq(proposals.kind, name), eq(proposals.state, 'accepted'));
    const proposal = db.select().from(proposals).where(isOfKind).get();
    if (!proposal) return undefined;
    const { guildId, userId } = proposal;
    return { holder: { guildId, userId }, facts: facts.parse(proposal.facts) };
  }

  /**
   * Notes that somebody said no.
   *
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver
   */
  decline<Facts>(tx: Tx, holder: Holder, kind: ProposalKind<Facts>, id: string): void {
    this.#end(tx, holder, kind, id, 'declined');
  }

  #end<Facts>(
    tx: Tx,
    { guildId, userId }: Holder,
    { name }: ProposalKind<Facts>,
    id: string,
    state: 'accepted' | 'declined',
  ): Proposal {
    const proposal = tx.db
      .select()
      .from(proposals)
      .where(and(eq(proposals.id, id), eq(proposals.kind, name)))
      .get();
    if (proposal?.guildId !== guildId || proposal.madeAt < tx.now - KEPT)
      return refuse('unknownProposal', {});
    if (proposal.userId !== userId) return refuse('notYourProposal', {});
    if (proposal.state !== 'open') return refuse('proposalIsOver', { context: proposal.state });
    tx.db.update(proposals).set({ state }).where(eq(proposals.id, id)).run();
    return proposal;
  }
}
