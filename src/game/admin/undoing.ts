import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { z } from 'zod';
import type { DomainEvent, EventDefinition } from '../../world/event.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { ProposalKind, Proposals } from '../proposals/proposals.ts';
import { refuse } from '../refusal.ts';
import type { AdminLog, RecordedAction } from './admin-log.ts';

declare module '../refusal.ts' {
  interface Refusals {
    nothingToUndo: Record<string, never>;
    unknownAction: Record<string, never>;
    notUndoable: Record<string, never>;
    undoIsFinal: Record<string, never>;
    undoneAlready: { userId: string; undoneAt: number };
  }
}

/** A kind of thing that those who run a server do and that can be taken back. */
export interface Reversible<Event extends DomainEvent = DomainEvent> {
  /** The event that tells of it. */
  readonly definition: EventDefinition;
  /**
   * Makes sure that it can still be taken back.
   *
   * @param admin who wants to
   * @throws Refusal that says why not
   */
  requireReversible(db: BetterSQLite3Database, admin: Holder, event: Event): void;
  /** Takes it back. @returns the event of that */
  reverse(tx: Tx, admin: Holder, event: Event): DomainEvent;
}

const undoProposal: ProposalKind<{ readonly eventId: string }> = {
  name: 'undo',
  facts: z.object({ eventId: z.string() }),
};

export interface UndoingServices {
  readonly adminLog: AdminLog;
  readonly proposals: Proposals;
  readonly kinds: readonly Reversible[];
}

/** What whoever wants to undo something is asked. */
export interface UndoQuestion {
  readonly proposalId: string;
  readonly action: RecordedAction;
}

/** Taking back what those who run a server did: each action once, exactly, and only while that is possible. */
export class Undoing {
  readonly #services: UndoingServices;

  constructor(services: UndoingServices) {
    this.#services = services;
  }

  /** What can be taken back, as far as that can be told from the record; the newest first. */
  choices(db: BetterSQLite3Database, guildId: string, limit: number): RecordedAction[] {
    const names = this.#services.kinds.map(({ definition }) => definition.name);
    return this.#services.adminLog.standing(db, guildId, names, limit);
  }

  /**
   * Writes down what an admin is asked to confirm.
   *
   * @param eventId the action; undefined for the last one that can be taken back
   * @throws Refusal nothingToUndo, unknownAction, notUndoable, undoIsFinal, undoneAlready, or why it isn't possible any more
   */
  propose(tx: Tx, admin: Holder, eventId: string | undefined): UndoQuestion {
    const chosen = eventId ?? this.choices(tx.db, admin.guildId, 1)[0]?.event.id;
    if (chosen === undefined) return refuse('nothingToUndo', {});
    const { action } = this.#requireReversible(tx.db, admin, chosen);
    const proposalId = this.#services.proposals.make(tx, admin, undoProposal, { eventId: chosen });
    return { proposalId, action };
  }

  /**
   * Takes back what was proposed.
   *
   * @returns the action
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver, or whatever {@link propose} refuses
   */
  accept(tx: Tx, admin: Holder, proposalId: string): RecordedAction {
    const { adminLog, proposals } = this.#services;
    const { eventId } = proposals.accept(tx, admin, undoProposal, proposalId);
    const { action, kind } = this.#requireReversible(tx.db, admin, eventId);
    const undoing = kind.reverse(tx, admin, action.event);
    adminLog.markUndone(tx, eventId, undoing.id);
    return action;
  }

  /**
   * Leaves what was proposed to be taken back as it is.
   *
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver
   */
  decline(tx: Tx, admin: Holder, proposalId: string): void {
    this.#services.proposals.decline(tx, admin, undoProposal, proposalId);
  }

  #requireReversible(db: BetterSQLite3Database, admin: Holder, eventId: string) {
    const { adminLog, kinds } = this.#services;
    const action = adminLog.find(db, eventId);
    if (action?.event.guildId !== admin.guildId) return refuse('unknownAction', {});
    const { event, undone, undoes } = action;
    if (undone) refuse('undoneAlready', { userId: undone.adminId, undoneAt: undone.at });
    if (undoes !== null) refuse('undoIsFinal', {});
    const kind = kinds.find(({ definition }) => definition.name === event.name) ?? refuse('notUndoable', {});
    kind.requireReversible(db, admin, event);
    return { action, kind };
  }
}
