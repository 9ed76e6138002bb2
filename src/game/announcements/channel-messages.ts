import { and, eq, inArray, lt, notInArray, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Tx } from '../../world/transaction.ts';
import {
  type Announcement,
  type AnnouncementReason,
  type Audience,
  announcements,
} from './announcements.table.ts';
import { type Announcements, isOneOf, isToTell } from './announcements.ts';
import { type ChannelMessage, channelMessages } from './channel-messages.table.ts';
import { isDirect, type OutletId } from './outlet.ts';
import type { Outlet, OutletProblem } from './outlets.table.ts';
import type { Outlets } from './outlets.ts';
import { comingAt, LONGEST_PAUSE, type Pacing, type Resting, restingUntil } from './pacing.ts';

declare module './announcements.table.ts' {
  interface AnnouncementSubjects {
    /** The bot cannot write in a channel. */
    channelPaused: { readonly channelId: string; readonly problem: OutletProblem };
  }
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How many announcements one message tells or counts at the most, by whom they are for. */
const MOST_TOLD: Readonly<Record<Audience, number>> = { server: 2_000, player: 50, admins: 10 };

/** How long is waited after an answer that leaves open what became of the message: it doubles up to the longest. */
const FIRST_RETRY = 2 * SECOND;
const LONGEST_RETRY = MINUTE;

/**
 * So often in vain, and a message is given up: at a minute each, that is most of a day in which nothing else was told
 * there. Where nobody answered it isn't the message's fault, and it begins anew, but for the pauses that have grown.
 */
const MOST_TRIES = 1_000;
const TRIES_UNANSWERED = 10;

/** How often is looked whether a channel in which the bot may not write has changed without its being told. */
const LOOK_AGAIN_AFTER = 60 * MINUTE;

/** How long is waited for a closed channel to open again, to find out whether a message has arrived there. */
const FOUND_OUT_WITHIN = 24 * 60 * MINUTE;

/**
 * How far apart a channel's history is read, page by page: a restart forgets how much Discord lets be read, and must not
 * earn a 429 by that.
 */
const READ_ON_AFTER = 2 * SECOND;

/** How long everything rests when Discord has refused too much. */
const REST_AFTER_REFUSALS = MINUTE;

/** What is known about a place without asking Discord. */
export interface Surroundings {
  /** What keeps the bot from writing there, as far as it can tell. */
  readonly problem: OutletProblem | undefined;
  /** Whose channel it is; undefined where the gateway doesn't tell of it, and for direct messages. */
  readonly home: string | undefined;
  /** Who owns a server, as far as it is known. */
  readonly ownerOf: (guildId: string) => string | undefined;
}

/** A message made of announcements. */
export interface Composed {
  readonly body: Record<string, unknown>;
  /** Those that are shown in it. */
  readonly shown: readonly string[];
  /** Those that it only counts. */
  readonly counted: readonly string[];
}

/** Makes a message of announcements, the oldest first. What it neither shows nor counts waits for the next one. */
export type Compose = (announcements: readonly Announcement[], messageId: string) => Composed;

/** What is to be done about a place now. Whatever has to wait has been asked for. */
export type Step =
  | { readonly do: 'nothing' }
  /** Find out as which channel Discord knows somebody's direct messages, then ask again. */
  | { readonly do: 'openDirect'; readonly userId: string }
  | {
      readonly do: 'send';
      /** As it was before this try. */
      readonly message: ChannelMessage;
      /** Whether it may have arrived already. */
      readonly isRepetition: boolean;
    }
  /** Find out whether it has arrived, and leave it at that: its server wants quiet now, or its words are gone. */
  | { readonly do: 'lookFor'; readonly message: ChannelMessage; readonly isRepetition: true };

/** What became of a try to send a message. */
export type Outcome =
  | { readonly became: 'sent'; readonly discordMessageId: string }
  /** This place takes no messages now. */
  | { readonly became: 'refused'; readonly problem: OutletProblem; readonly detail: string }
  /** No place would take this message. */
  | { readonly became: 'malformed'; readonly detail: string }
  /** It was not sent; it may be after so many milliseconds. */
  | {
      readonly became: 'postponed';
      readonly wait: number;
      /** What else that goes for, beside this message. */
      readonly rests?: Resting;
    }
  /** Nobody knows whether it arrived, and it can be found out later. `isAnswered` by Discord, with an error of its own. */
  | { readonly became: 'uncertain'; readonly detail: string; readonly isAnswered: boolean }
  /** Nobody knows whether it arrived, and nobody ever will. */
  | { readonly became: 'unknown'; readonly detail: string }
  /** It was not found in the channel up to this message of it; there are more to look at. */
  | { readonly became: 'searching'; readonly searchedTo: string }
  /** It is certainly not there, and was not sent now. */
  | { readonly became: 'absent' }
  /** It was not sent: the channel is not its server's but of this one, or of none. */
  | { readonly became: 'foreign'; readonly home: string | null };

/** What became of asking for somebody's direct messages. */
export type Opened =
  | { readonly became: 'open'; readonly channelId: string }
  | Extract<Outcome, { became: 'refused' | 'postponed' }>;

/** How long it can be looked up what was told, in milliseconds. */
export const KEPT_FOR = 30 * 24 * 60 * MINUTE;

/** How much of it is forgotten at once. */
const FORGOTTEN_AT_ONCE = 2_000;

/** Why a place takes no messages, and who can be told. */
interface Pause extends Pick<Surroundings, 'ownerOf'> {
  readonly problem: OutletProblem;
  readonly detail: string | null;
}

/** Whom a place is told something next, and when. */
interface Turn {
  readonly audience: Audience;
  readonly guildId: string;
  readonly at: number;
  /** When the first thing that waits there happened. */
  readonly oldest: number;
}

const NOTHING: Step = { do: 'nothing' };

/** One message after the other for each place: frozen, sent, and what became of it. */
export class ChannelMessages {
  readonly #announcements: Announcements;
  readonly #outlets: Outlets;
  readonly #pacing: Pacing;

  constructor(services: { announcements: Announcements; outlets: Outlets; pacing: Pacing }) {
    this.#announcements = services.announcements;
    this.#outlets = services.outlets;
    this.#pacing = services.pacing;
  }

  /**
   * What a place is to get now: the message that isn't known to have arrived, else a new one of what is to be told,
   * frozen now. What may not be sent yet is asked for again at the time when it may.
   */
  next(tx: Tx, outletId: OutletId, surroundings: Surroundings, compose: Compose): Step {
    if (surroundings.home !== undefined) this.#keepHome(tx, outletId, surroundings.home);
    const outlet = this.#outlets.find(tx.db, outletId);
    const frozen = this.#frozen(tx, outletId);
    const turn = frozen ? undefined : this.#turn(tx, outletId, outlet);
    const guildId = frozen?.guildId ?? turn?.guildId;
    if (outlet?.state === 'closed') return NOTHING;
    if (guildId === undefined) return outlet ? this.#letThrough(tx, outlet, surroundings) : NOTHING;
    if (outlet?.state === 'paused') {
      // What has to change is known, and whoever sees it change opens the outlet; this is for what nobody saw.
      if (surroundings.problem) {
        if (frozen && tx.now - frozen.frozenAt >= FOUND_OUT_WITHIN) this.#giveUpFindingOut(tx, frozen);
        this.#announcements.reroute(tx, outletId);
        return this.#wait(tx, outletId, tx.now + LOOK_AGAIN_AFTER);
      }
      const probeAt = comingAt(outlet.probeAt, tx.now);
      if (probeAt > tx.now) return this.#wait(tx, outletId, probeAt);
    } else if (surroundings.problem) {
      const { problem, ownerOf } = surroundings;
      this.#pause(tx, outletId, guildId, { problem, detail: null, ownerOf });
      return NOTHING;
    }
    if (this.#pacing.isRefusedTooOften(tx.db, tx.now)) {
      return this.#wait(tx, outletId, tx.now + REST_AFTER_REFUSALS);
    }
    const repetition = frozen && this.#pacing.repetition(tx.db, frozen, tx.now);
    const restUntil = restingUntil(outlet?.restUntil ?? null, tx.now);
    const due = Math.max(repetition?.at ?? turn?.at ?? tx.now, restUntil);
    if (due > tx.now) return this.#wait(tx, outletId, due);
    const channelId = isDirect(outletId) ? outlet?.channelId : outletId;
    const slot = this.#pacing.takeSlot(tx, channelId == null ? 'conversations' : 'messages');
    if (slot > tx.now) {
      // It keeps that moment: else each thing that happens there would take another one, and everybody's would be late.
      this.#rest(tx, { outletId, guildId }, slot);
      return NOTHING;
    }
    if (channelId == null) return { do: 'openDirect', userId: outlet?.userId ?? '' };
    if (frozen && repetition?.isOnlyLookedFor) {
      this.#update(tx, frozen.id, { attempts: frozen.attempts + 1 });
      return { do: 'lookFor', message: frozen, isRepetition: true };
    }
    if (frozen) return this.#repeat(tx, frozen);
    if (!turn) return NOTHING;
    const message = this.#freeze(tx, { outletId, channelId, ...turn }, compose);
    if (message) return { do: 'send', message, isRepetition: false };
    // Nothing of this could be shown; there may be more.
    this.#requestNext(tx, outletId);
    return NOTHING;
  }

  /** Records what became of a message, and asks for what is to be done next. Does nothing when that was recorded. */
  end(
    tx: Tx,
    { message, isRepetition }: { readonly message: ChannelMessage; readonly isRepetition: boolean },
    outcome: Outcome,
    ownerOf: Surroundings['ownerOf'],
  ): void {
    const { id, outletId, guildId } = message;
    const placeGuild = isDirect(outletId) ? null : guildId;
    if (outcome.became === 'postponed' && outcome.rests)
      this.#pacing.rest(tx, outcome.rests, tx.now + outcome.wait);
    const current = this.find(tx.db, id);
    // Somebody gave up finding out while this found out.
    const isKnownNow = current?.state === 'unknown' && outcome.became === 'sent';
    if (current?.state !== 'frozen' && !isKnownNow) {
      // Nobody of whom it told is known any more, but it is in the channel.
      if (!current && outcome.became === 'sent') this.#outlets.noteAttempt(tx, outletId, placeGuild);
      this.#endLate(tx, message, isRepetition, outcome);
      return;
    }
    switch (outcome.became) {
      case 'sent':
        this.#close(tx, id, { state: 'sent', discordMessageId: outcome.discordMessageId }, null);
        this.#outlets.noteMessage(tx, outletId, placeGuild);
        this.#requestNext(tx, outletId);
        break;
      case 'malformed':
        this.#close(tx, id, { state: 'undeliverable', reason: outcome.detail }, 'malformed');
        this.#requestNext(tx, outletId);
        break;
      case 'unknown':
        this.#close(tx, id, { state: 'unknown', reason: outcome.detail }, 'outcomeUnknown');
        this.#outlets.noteAttempt(tx, outletId, placeGuild);
        this.#requestNext(tx, outletId);
        break;
      case 'postponed':
        this.#tryAgain(tx, message, isRepetition, tx.now + outcome.wait);
        break;
      case 'searching':
        this.#update(tx, id, { ...asBefore(message), searchedTo: outcome.searchedTo });
        this.#rest(tx, message, tx.now + READ_ON_AFTER);
        break;
      case 'absent':
        this.#thaw(tx, current);
        this.#requestNext(tx, outletId);
        break;
      case 'foreign':
        if (isRepetition) this.#giveUpForeign(tx, current);
        else this.#thaw(tx, current);
        this.#announcements.keepHome(tx, outletId, outcome.home);
        this.#requestNext(tx, outletId);
        break;
      case 'uncertain': {
        this.#outlets.noteAttempt(tx, outletId, placeGuild);
        if (outcome.isAnswered && current.attempts >= MOST_TRIES) {
          const reason = `Given up after ${current.attempts} tries: ${outcome.detail}`;
          this.#close(tx, id, { state: 'unknown', reason }, 'outcomeUnknown');
          this.#requestNext(tx, outletId);
          break;
        }
        const attempts = outcome.isAnswered ? current.attempts : Math.min(current.attempts, TRIES_UNANSWERED);
        const wait = Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY);
        this.#update(tx, id, { attempts, retryAt: tx.now + wait, reason: outcome.detail });
        this.#announcements.request(tx, outletId, tx.now + wait);
        break;
      }
      case 'refused':
        this.#refuse(tx, message, isRepetition, { ...outcome, ownerOf });
        break;
    }
  }

  /** Notes what came of asking for somebody's direct messages, and goes on. */
  noteOpened(tx: Tx, outletId: OutletId, outcome: Opened): void {
    if (outcome.became === 'open') {
      this.#outlets.noteDirectChannel(tx, outletId, outcome.channelId);
      this.#announcements.request(tx, outletId, tx.now);
    } else if (outcome.became === 'postponed') {
      if (outcome.rests) this.#pacing.rest(tx, outcome.rests, tx.now + outcome.wait);
      this.#announcements.request(tx, outletId, tx.now + outcome.wait);
    } else {
      this.#leaveDirect(tx, outletId, outcome);
    }
  }

  /**
   * Lets the bot write in a server's channel again, and goes on with what waits there.
   *
   * @returns false when it was allowed to, or when it is another server's channel
   */
  resume(tx: Tx, guildId: string, outletId: OutletId): boolean {
    if (this.#outlets.find(tx.db, outletId)?.guildId !== guildId) return false;
    if (!this.#outlets.open(tx, outletId)) return false;
    this.#announcements.request(tx, outletId, tx.now);
    return true;
  }

  /**
   * A server has chosen another channel than this one, which is paused: what may have arrived there cannot be found out
   * any more, everything else is told in the new one.
   */
  abandon(tx: Tx, guildId: string, outletId: OutletId): void {
    if (this.#outlets.isOpen(tx.db, outletId)) return;
    const frozen = this.#frozen(tx, outletId);
    if (frozen?.guildId === guildId && frozen.audience === 'server') {
      const reason = 'Another channel was chosen before it was known whether it had arrived.';
      this.#close(tx, frozen.id, { state: 'unknown', reason }, 'outcomeUnknown');
    }
  }

  /** What one message tells, in order. */
  members(db: BetterSQLite3Database, messageId: string): Announcement[] {
    return db
      .select()
      .from(announcements)
      .where(eq(announcements.messageId, messageId))
      .orderBy(announcements.occurredAt, sql`rowid`)
      .all();
  }

  /** A message; undefined where there is none. */
  find(db: BetterSQLite3Database, id: string): ChannelMessage | undefined {
    return db.select().from(channelMessages).where(eq(channelMessages.id, id)).get();
  }

  /** What Discord says of a message that was given up while it was on its way. */
  #endLate(tx: Tx, message: ChannelMessage, isRepetition: boolean, outcome: Outcome): void {
    const wasNotSent = ['refused', 'postponed', 'foreign'].includes(outcome.became);
    // It was its first try, so nobody has seen it: it is to be told after all, unless the server was left.
    if (wasNotSent && !isRepetition && this.#announcements.reopen(tx, message.id)) this.#thaw(tx, message);
    if (outcome.became === 'refused' && outcome.problem === 'directMessagesClosed')
      this.#closeDirect(tx, message.outletId, outcome.detail);
    this.#requestNext(tx, message.outletId);
  }

  #frozen(tx: Tx, outletId: OutletId): ChannelMessage | undefined {
    return tx.db
      .select()
      .from(channelMessages)
      .where(and(eq(channelMessages.outletId, outletId), sql`${channelMessages.state} = 'frozen'`))
      .get();
  }

  /** Whose turn it is in a place, and when. */
  #turn(tx: Tx, outletId: OutletId, outlet: Outlet | undefined): Turn | undefined {
    const waiting = tx.db
      .select({
        audience: announcements.audience,
        // SQLite takes the other columns from the row with the minimum ("Bare columns in an aggregate query").
        guildId: announcements.guildId,
        oldest: sql<number>`min(${announcements.occurredAt})`,
      })
      .from(announcements)
      .where(isToTell(outletId))
      .groupBy(announcements.audience)
      .all();
    // Of those whose turn it is, whoever has waited longest: where much is told to players, the server has its turn too.
    return waiting
      .map(({ audience, guildId, oldest }) => {
        const place = outlet ?? {
          id: outletId,
          guildId: isDirect(outletId) ? null : guildId,
          lastMessageAt: null,
        };
        const at = this.#pacing.nextAt(tx.db, guildId, place, audience, tx.now);
        return { audience, guildId, at, oldest };
      })
      .sort((left, right) => left.at - right.at || left.oldest - right.oldest)
      .at(0);
  }

  /** In a paused place for which nothing waits nothing can be tried: what comes next is let through when it is time. */
  #letThrough(tx: Tx, { id, state, probeAt }: Outlet, { problem }: Surroundings): Step {
    if (state !== 'paused') return NOTHING;
    if (problem) return this.#wait(tx, id, tx.now + LOOK_AGAIN_AFTER);
    const at = comingAt(probeAt, tx.now);
    if (at > tx.now) return this.#wait(tx, id, at);
    this.#outlets.letThrough(tx, id);
    return NOTHING;
  }

  #freeze(
    tx: Tx,
    place: { outletId: OutletId; channelId: string; audience: Audience; guildId: string },
    compose: Compose,
  ): ChannelMessage | undefined {
    const { outletId, channelId, audience, guildId } = place;
    const batch = tx.db
      .select()
      .from(announcements)
      .where(
        and(isToTell(outletId), eq(announcements.audience, audience), eq(announcements.guildId, guildId)),
      )
      // What happened at the same time in the order in which it was written: what was made before what it earned.
      .orderBy(announcements.occurredAt, sql`rowid`)
      .limit(MOST_TOLD[audience])
      .all();
    const id = tx.createId();
    const composed = this.#announcements.showAll(tx, batch, (showable) => compose(showable, id));
    if (!composed) return undefined;
    const { body, shown, counted } = composed;
    const message: ChannelMessage = {
      id,
      guildId,
      outletId,
      channelId,
      audience,
      body,
      state: 'frozen',
      frozenAt: tx.now,
      triedAt: tx.now,
      attempts: 1,
      retryAt: null,
      searchedTo: null,
      mark: null,
      endedAt: null,
      discordMessageId: null,
      reason: null,
    };
    tx.db.insert(channelMessages).values(message).run();
    this.#assign(tx, shown, { messageId: id, isCounted: false });
    this.#assign(tx, counted, { messageId: id, isCounted: true });
    return message;
  }

  #assign(tx: Tx, ids: readonly string[], membership: { messageId: string; isCounted: boolean }): void {
    tx.db.update(announcements).set(membership).where(isOneOf(ids)).run();
  }

  #repeat(tx: Tx, message: ChannelMessage): Step {
    this.#update(tx, message.id, { triedAt: tx.now, attempts: message.attempts + 1, retryAt: null });
    return { do: 'send', message, isRepetition: true };
  }

  #refuse(
    tx: Tx,
    message: ChannelMessage,
    isRepetition: boolean,
    refusal: Pause & { readonly detail: string },
  ): void {
    const { id, outletId, guildId } = message;
    const isToOne = isDirect(outletId);
    // In a channel that is gone nobody has read it, whatever became of earlier tries.
    const isAtLarge = isRepetition && refusal.problem !== 'channelGone';
    if (!isAtLarge) this.#thaw(tx, message);
    else if (isToOne || this.#isForsaken(tx, message))
      this.#close(tx, id, { state: 'unknown', reason: refusal.detail }, 'outcomeUnknown');
    else this.#update(tx, id, { triedAt: message.triedAt, reason: refusal.detail });
    if (isToOne) this.#leaveDirect(tx, outletId, refusal);
    else this.#pause(tx, outletId, guildId, refusal);
  }

  /** Whether a server has chosen another place for what this message announces, or none. */
  #isForsaken(tx: Tx, { id, audience, guildId, outletId }: ChannelMessage): boolean {
    if (audience !== 'server') return false;
    const places = this.members(tx.db, id).map(({ subject }) =>
      this.#announcements.channelFor(tx.db, guildId, subject.kind),
    );
    return !places.includes(outletId);
  }

  /**
   * Another server's news have no business in a channel: what a file from outside makes of it is given up, and what was
   * found out about the channel in another server's name is forgotten.
   */
  #keepHome(tx: Tx, outletId: OutletId, home: string): void {
    const frozen = this.#frozen(tx, outletId);
    if (frozen && frozen.guildId !== home) this.#giveUpForeign(tx, frozen);
    this.#announcements.keepHome(tx, outletId, home);
    const outlet = this.#outlets.find(tx.db, outletId);
    if (outlet && outlet.guildId !== home) this.#outlets.forgetChannel(tx, outletId);
  }

  #giveUpForeign(tx: Tx, { id }: ChannelMessage): void {
    const reason = 'The channel belongs to another server.';
    this.#close(tx, id, { state: 'unknown', reason }, 'foreignChannel');
  }

  /** What may have arrived in a channel that stays closed to the bot is not kept open for ever. */
  #giveUpFindingOut(tx: Tx, { id }: ChannelMessage): void {
    const reason = 'The bot could not look into the channel for too long.';
    this.#close(tx, id, { state: 'unknown', reason }, 'outcomeUnknown');
  }

  /** What was for them goes another way; only who takes no messages is left alone from then on. */
  #leaveDirect(
    tx: Tx,
    outletId: OutletId,
    { problem, detail }: { readonly problem: OutletProblem; readonly detail: string },
  ): void {
    if (problem === 'directMessagesClosed') this.#closeDirect(tx, outletId, detail);
    else this.#announcements.reroute(tx, outletId);
  }

  /** What was for them goes another way, and they are left alone. */
  #closeDirect(tx: Tx, outletId: OutletId, detail: string): void {
    this.#outlets.close(tx, outletId, detail);
    this.#announcements.reroute(tx, outletId);
  }

  #pause(tx: Tx, outletId: OutletId, guildId: string, { problem, detail, ownerOf }: Pause): void {
    // Where nothing but players' own news was to be told, these go another way, and there is nothing to look after.
    const isOfConcern = this.#announcements.isChosen(tx.db, guildId, outletId);
    const isNews = this.#outlets.pause(tx, outletId, guildId, { problem, detail, isOfConcern });
    this.#announcements.reroute(tx, outletId);
    if (isNews) {
      this.#announcements.tellAdmins(tx, { guildId, ownerId: ownerOf(guildId) }, outletId, {
        kind: 'channelPaused',
        channelId: outletId,
        problem,
      });
    }
    const probeAt = this.#outlets.find(tx.db, outletId)?.probeAt;
    if (probeAt != null) this.#announcements.request(tx, outletId, probeAt);
  }

  /** A message that was certainly not sent is none: what it told is to be told anew. */
  #tryAgain(tx: Tx, message: ChannelMessage, isRepetition: boolean, at: number): void {
    if (isRepetition) this.#update(tx, message.id, { ...asBefore(message), retryAt: at });
    else this.#thaw(tx, message);
    this.#rest(tx, message, at);
  }

  #thaw(tx: Tx, message: ChannelMessage): void {
    this.#announcements.release(tx, message.id);
    tx.db.delete(channelMessages).where(eq(channelMessages.id, message.id)).run();
    // Another place may have been chosen while this one was tried.
    if (message.audience === 'server') this.#announcements.redirect(tx, message.guildId);
  }

  #close(
    tx: Tx,
    id: string,
    end: Pick<ChannelMessage, 'state'> & Partial<ChannelMessage>,
    reason: AnnouncementReason | null,
  ): void {
    this.#update(tx, id, { reason: null, mark: null, ...end, endedAt: tx.now });
    const state =
      end.state === 'sent'
        ? sql<Announcement['state']>`iif(${announcements.isCounted}, 'folded', 'sent')`
        : sql<Announcement['state']>`${end.state}`;
    tx.db
      .update(announcements)
      .set({ state, reason, endedAt: tx.now })
      .where(and(eq(announcements.messageId, id), inArray(announcements.state, ['pending', 'unknown'])))
      .run();
    this.#forget(tx);
  }

  /** What was told long ago goes, a part with each message; what waits in an inbox stays until its reader comes. */
  #forget(tx: Tx): void {
    const old = tx.db
      .select({ id: announcements.id, messageId: announcements.messageId })
      .from(announcements)
      .where(
        and(
          lt(announcements.occurredAt, tx.now - KEPT_FOR),
          notInArray(announcements.state, ['pending', 'inbox']),
        ),
      )
      .orderBy(announcements.occurredAt)
      .limit(FORGOTTEN_AT_ONCE)
      .all();
    if (old.length === 0) return;
    tx.db
      .delete(announcements)
      .where(isOneOf(old.map(({ id }) => id)))
      .run();
    const messageIds = JSON.stringify(old.flatMap(({ messageId }) => messageId ?? []));
    tx.db
      .delete(channelMessages)
      .where(
        sql`${channelMessages.id} IN (SELECT value FROM json_each(${messageIds})) AND NOT EXISTS
          (SELECT 1 FROM ${announcements} WHERE ${announcements.messageId} = ${channelMessages.id})`,
      )
      .run();
  }

  #update(tx: Tx, id: string, change: Partial<ChannelMessage>): void {
    tx.db.update(channelMessages).set(change).where(eq(channelMessages.id, id)).run();
  }

  #requestNext(tx: Tx, outletId: OutletId): void {
    const turn = this.#turn(tx, outletId, this.#outlets.find(tx.db, outletId));
    if (turn) this.#announcements.request(tx, outletId, turn.at);
  }

  /** Leaves a place alone until then, also if something happens there before or the bot is started again. */
  #rest(tx: Tx, { outletId, guildId }: Pick<ChannelMessage, 'outletId' | 'guildId'>, moment: number): void {
    const until = Math.min(moment, tx.now + LONGEST_PAUSE);
    this.#outlets.rest(tx, outletId, isDirect(outletId) ? null : guildId, until);
    this.#announcements.request(tx, outletId, until);
  }

  #wait(tx: Tx, outletId: OutletId, until: number): Step {
    this.#announcements.request(tx, outletId, until);
    return NOTHING;
  }
}

/** Where it was not sent now, nothing has become of this try. */
function asBefore({ triedAt, attempts }: ChannelMessage): Pick<ChannelMessage, 'triedAt' | 'attempts'> {
  return { triedAt, attempts };
}
