import { and, eq, lte, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { z } from 'zod';
import { ownWordsInEvents } from '../../events/define-event.ts';
import { type Erasure, erasePerson, erasePersonFromWorld } from '../../world/erasure.ts';
import { events } from '../../world/events.table.ts';
import type { Holder } from '../../world/ledger.ts';
import { requestScrub } from '../../world/scrubbing.ts';
import { tables } from '../../world/tables.ts';
import { findTracesNow, rowsNaming, type Traces } from '../../world/traces.ts';
import type { Tx } from '../../world/transaction.ts';
import type { World } from '../../world/world.ts';
import { forgetInMessages, type MarkOf } from '../announcements/forgetting.ts';
import type { DueWork } from '../due-work.ts';
import type { ProposalKind, Proposals } from '../proposals/proposals.ts';
import { refuse } from '../refusal.ts';
import { type PrivacyRequest, privacyRequests } from './privacy-requests.table.ts';
import { createStandIn } from './stand-in.ts';

declare module '../../world/outbox.ts' {
  interface JobPayloads {
    forgetPerson: { proposalId: string };
  }
}

declare module '../refusal.ts' {
  interface Refusals {
    /** The whole world was looked through for them a moment ago. */
    askedJustNow: { readonly context: PrivacyRequest['what']; readonly againAt: number };
    nothingStored: Record<string, never>;
  }
}

/** So long after somebody has asked the world is looked through for them again, in milliseconds. */
export const ASKED_AGAIN_AFTER = 5 * 60_000;

const forgetting: ProposalKind<{ readonly everywhere: boolean }> = {
  name: 'forgetting',
  facts: z.object({ everywhere: z.boolean() }),
};

export interface PrivacyServices {
  readonly proposals: Proposals;
  readonly dueWork: DueWork;
}

/** What somebody is asked who wants to be forgotten. */
export interface ForgettingQuestion {
  /** The proposal for this server; undefined where nothing is stored here. */
  readonly here: string | undefined;
  /** The proposal for all servers. */
  readonly everywhere: string;
  /** In how many servers something is stored. */
  readonly servers: number;
}

/** What people can have done with what is stored about them: be forgotten, in a server or in all of them. */
export class Privacy {
  readonly #services: PrivacyServices;

  constructor(services: PrivacyServices) {
    this.#services = services;
  }

  /**
   * Notes that somebody asks for what it takes the whole world to answer. Call it before that is looked through, in a
   * transaction of its own: it counts also where nothing is found.
   *
   * @param mark what stands for them: see `World`
   * @throws Refusal askedJustNow
   */
  admit(tx: Tx, mark: string, what: PrivacyRequest['what']): void {
    tx.db
      .delete(privacyRequests)
      .where(lte(privacyRequests.askedAt, tx.now - ASKED_AGAIN_AFTER))
      .run();
    const ofThem = and(eq(privacyRequests.mark, mark), eq(privacyRequests.what, what));
    const before = tx.db.select().from(privacyRequests).where(ofThem).get();
    if (before) refuse('askedJustNow', { context: what, againAt: before.askedAt + ASKED_AGAIN_AFTER });
    tx.db.insert(privacyRequests).values({ mark, what, askedAt: tx.now }).run();
  }

  /**
   * Writes down what somebody is asked before anything is deleted.
   *
   * @param traces what was found of them, here and below, so that it need not be looked for while nothing else can be done
   * @throws Refusal nothingStored
   */
  ask(
    tx: Tx,
    holder: Holder,
    { servers, isInWorld }: Traces = findTracesNow(tx.db, holder.userId),
  ): ForgettingQuestion {
    const { proposals } = this.#services;
    if (servers.length === 0 && !isInWorld) refuse('nothingStored', {});
    const propose = (everywhere: boolean) => proposals.make(tx, holder, forgetting, { everywhere });
    return {
      here: servers.includes(holder.guildId) ? propose(false) : undefined,
      everywhere: propose(true),
      servers: servers.length,
    };
  }

  /** Hands over what is due to somebody before they are forgotten: whatever they agreed to, it is theirs until then. */
  settle(world: World, { userId }: Holder, { servers }: Traces = findTracesNow(world.reader, userId)): void {
    for (const guildId of servers) this.#services.dueWork.settle(world, { guildId, userId });
  }

  /**
   * Notes that somebody said yes, and gives up what they have under way. What that leads to happens to them still, so they
   * are forgotten in the next transaction, by {@link forget}; a job sees to it if the bot dies between the two.
   *
   * @returns how many crafts and trips were given up
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver
   */
  accept(
    tx: Tx,
    holder: Holder,
    proposalId: string,
    traces: Traces = findTracesNow(tx.db, holder.userId),
  ): number {
    const { proposals, dueWork } = this.#services;
    const { everywhere } = proposals.accept(tx, holder, forgetting, proposalId);
    tx.request({ task: 'forgetPerson', id: proposalId, payload: { proposalId } });
    const { userId } = holder;
    return scopeOf(holder, everywhere, traces).reduce(
      (cancelled, guildId) => cancelled + dueWork.cancelAll(tx, { guildId, userId }),
      0,
    );
  }

  /** Who said yes to being forgotten, and still is not; undefined where nobody did. */
  whoIsToBeForgotten(db: BetterSQLite3Database, proposalId: string): Holder | undefined {
    return this.#services.proposals.accepted(db, forgetting, proposalId)?.holder;
  }

  /**
   * Forgets somebody who said yes. A stand-in, another one in each server, takes over what has to stay.
   *
   * @param markOf by what messages that are under way are found
   * @returns what was done; undefined where it was done before
   */
  forget(tx: Tx, proposalId: string, markOf: MarkOf, found?: Traces): Erasure | undefined {
    const accepted = this.#services.proposals.accepted(tx.db, forgetting, proposalId);
    if (!accepted) return undefined;
    const { holder, facts } = accepted;
    const { userId } = holder;
    const traces = found ?? findTracesNow(tx.db, userId);
    const scope = scopeOf(holder, facts.everywhere, traces);
    const erasures = scope.map((guildId) => this.#forgetIn(tx, { guildId, userId }, markOf, traces));
    // What belongs to no server is kept for those in which they still are.
    if (traces.servers.every((guildId) => scope.includes(guildId)))
      erasures.push(erasePersonFromWorld(tx, userId, createStandIn(tx.random)));
    requestScrub(tx);
    return sumOf(erasures);
  }

  /**
   * Keeps what somebody was asked about.
   *
   * @throws Refusal unknownProposal, notYourProposal or proposalIsOver
   */
  decline(tx: Tx, holder: Holder, proposalId: string): void {
    this.#services.proposals.decline(tx, holder, forgetting, proposalId);
  }

  #forgetIn(tx: Tx, holder: Holder, markOf: MarkOf, traces: Traces): Erasure {
    const deleted = forgetInMessages(tx, holder, markOf);
    eraseWords(tx, holder, traces);
    const { guildId, userId } = holder;
    const erasure = erasePerson(tx, guildId, userId, createStandIn(tx.random), traces);
    return sumOf([{ deleted, anonymized: 0 }, erasure]);
  }
}

function scopeOf({ guildId }: Holder, everywhere: boolean, { servers }: Traces): readonly string[] {
  return everywhere ? servers : [guildId];
}

/** What others wrote about somebody may name them in words that nobody can tell from any others. */
function eraseWords(tx: Tx, { guildId, userId }: Holder, traces: Traces): void {
  const log = tables.find(({ table }) => table === events);
  const naming = log && rowsNaming(tx.db, log, eq(events.guildId, guildId), userId, traces);
  if (!naming) return;
  for (const { name, field } of ownWordsInEvents()) {
    tx.db
      .update(events)
      .set({ data: sql`json_set(${events.data}, ${`$.${field}`}, '')` })
      .where(and(naming, eq(events.userId, userId), eq(events.name, name)))
      .run();
  }
}

function sumOf(erasures: readonly Erasure[]): Erasure {
  return erasures.reduce(
    (sum, { deleted, anonymized }) => ({
      deleted: sum.deleted + deleted,
      anonymized: sum.anonymized + anonymized,
    }),
    { deleted: 0, anonymized: 0 },
  );
}
