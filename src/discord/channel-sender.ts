import { createHash } from 'node:crypto';
import {
  type APIChannel,
  type APIEmbed,
  type APIMessage,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  type REST,
  RESTJSONErrorCodes,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { ChannelMessage } from '../game/announcements/channel-messages.table.ts';
import type { Opened, Outcome } from '../game/announcements/channel-messages.ts';
import { isDirect } from '../game/announcements/outlet.ts';
import type { OutletProblem } from '../game/announcements/outlets.table.ts';
import type { Clock } from '../world/clock.ts';
import { everyCustomId } from './components.ts';
import { ANSWER_WITHIN } from './courier.ts';
import type { ServerDirectory } from './server-directory.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Stands for all beginnings of conversations among the places of which each has its turn. */
const CONVERSATIONS = 'conversations';

/**
 * For how long Discord knows a nonce again is told only as "a few minutes" ("Create Message", enforce_nonce): a message
 * that was sent for the first time longer ago is looked for in the channel before it is sent again.
 */
const NONCE_WINDOW = 2 * MINUTE;

/** How far Discord's clock and ours may be apart, and a message may have travelled. */
const CLOCKS_APART = MINUTE;

/** By how much our clock may have been slow when a message was sent. It is read that much further, not from that early. */
const CLOCK_SLOW_BY = DAY;

/** Discord's limit for one reading of a channel ("Get Channel Messages", limit). */
const MESSAGES_READ = 100;

/** How long nothing is sent when Discord has trouble, or says that the token isn't good (the gateway knows whether it is). */
const REST_AFTER_TROUBLE = 30 * SECOND;

/** Discord does not say how many conversations a bot may open in which time, only that it were too many (40003). */
const REST_AFTER_OPENING = 10 * MINUTE;

/** What answers mean that say something about the place and not about the message. */
const PROBLEMS: ReadonlyMap<string | number, OutletProblem> = new Map<string | number, OutletProblem>([
  [RESTJSONErrorCodes.UnknownChannel, 'channelGone'],
  [RESTJSONErrorCodes.MissingAccess, 'missingAccess'],
  [RESTJSONErrorCodes.MissingPermissions, 'missingPermissions'],
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread, 'refused'],
  [RESTJSONErrorCodes.ThreadLocked, 'refused'],
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser, 'directMessagesClosed'],
  [RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, 'directMessagesClosed'],
  [RESTJSONErrorCodes.InvalidRecipients, 'directMessagesClosed'],
  [RESTJSONErrorCodes.UnknownUser, 'directMessagesClosed'],
]);

/** Sends frozen messages: one at a time to each place, and never the same one twice. */
export class ChannelSender {
  readonly #courier: REST;
  readonly #servers: ServerDirectory;
  readonly #clock: Clock;
  readonly #busy = new Set<string>();

  constructor(services: { courier: REST; servers: ServerDirectory; clock: Clock }) {
    this.#courier = services.courier;
    this.#servers = services.servers;
    this.#clock = services.clock;
  }

  /** Reserves a place until the turn is disposed of. Undefined while another run has it. */
  takeTurn(outletId: string): Disposable | undefined {
    if (this.#busy.has(outletId)) return undefined;
    this.#busy.add(outletId);
    return { [Symbol.dispose]: () => void this.#busy.delete(outletId) };
  }

  /**
   * Sends a message. Its id is the nonce: when it was sent before and the answer was lost, Discord gives the first one
   * back instead of making a second ("Create Message", enforce_nonce). Where that may be forgotten, it is looked for.
   * In a channel of which the gateway doesn't tell it is asked first whose that is: nothing goes into another server's.
   *
   * @param isRepetition whether it may have arrived already
   * @param signal gives up when aborted
   */
  async send(message: ChannelMessage, isRepetition: boolean, signal: AbortSignal): Promise<Outcome> {
    try {
      const refused = await this.#askWhose(message, isRepetition, signal);
      if (refused) return this.#unlessOutOfSight(message, refused);
      if (isRepetition && this.#isForgotten(message)) {
        const found = await this.#search(message, signal);
        if (found) return this.#unlessOutOfSight(message, found);
      }
      const sent = await this.#post(message, signal);
      return { became: 'sent', discordMessageId: sent.id };
    } catch (error) {
      return this.#unlessOutOfSight(message, outcomeOf(error));
    }
  }

  /** Looks whether a message has arrived that may have, and sends nothing. */
  async lookFor(message: ChannelMessage, signal: AbortSignal): Promise<Outcome> {
    try {
      const found = await this.#search(message, signal);
      return found ? this.#unlessOutOfSight(message, found) : { became: 'absent' };
    } catch (error) {
      return this.#unlessOutOfSight(message, outcomeOf(error));
    }
  }

  /** Asks Discord as which channel it knows somebody's direct messages. */
  async openDirect(userId: string, signal: AbortSignal): Promise<Opened> {
    // discord.js asks for one after the other; whoever waited for that would hold a worker.
    using turn = this.takeTurn(CONVERSATIONS);
    if (!turn) return { became: 'postponed', wait: SECOND };
    try {
      const body = { recipient_id: userId };
      const request = { body, signal: inTime(signal) };
      const channel = (await this.#courier.post(Routes.userChannels(), request)) as APIChannel;
      return { became: 'open', channelId: channel.id };
    } catch (error) {
      const outcome = outcomeOf(error);
      // There is one limit for all conversations that are begun.
      if (outcome.became === 'postponed') return { rests: 'conversations', ...outcome };
      if (outcome.became === 'refused') return outcome;
      if (outcome.became === 'malformed')
        return { became: 'refused', problem: 'refused', detail: outcome.detail };
      // Nothing was sent, whatever became of it.
      return { became: 'postponed', wait: REST_AFTER_TROUBLE };
    }
  }

  /** @returns undefined where the channel is the message's server's, or somebody's direct messages */
  async #askWhose(
    { outletId, channelId, guildId }: ChannelMessage,
    isRepetition: boolean,
    signal: AbortSignal,
  ): Promise<Outcome | undefined> {
    if (isDirect(outletId)) return undefined;
    const home = this.#servers.homeOf(channelId) ?? (await this.#home(channelId, signal));
    if (home === guildId) return undefined;
    if (typeof home === 'string' || home === null) return { became: 'foreign', home };
    // It was the question that was malformed, and what was never sent cannot have arrived.
    if (home.became === 'malformed') return { ...home, became: 'refused', problem: 'refused' };
    if (home.became === 'uncertain' && !isRepetition)
      return { became: 'postponed', wait: REST_AFTER_TROUBLE };
    return home;
  }

  /** Whose channel it is; null where it is of no server; or why Discord didn't say. */
  async #home(channelId: string, signal: AbortSignal): Promise<string | null | ReturnType<typeof outcomeOf>> {
    try {
      const request = { signal: inTime(signal) };
      const channel = (await this.#courier.get(Routes.channel(channelId), request)) as APIChannel;
      return 'guild_id' in channel ? (channel.guild_id ?? null) : null;
    } catch (error) {
      return outcomeOf(error);
    }
  }

  /** What Discord says of a channel while it has lost sight of its server ("Unavailable Guild Object") may not be so. */
  #unlessOutOfSight({ outletId, guildId }: ChannelMessage, outcome: Outcome): Outcome {
    const isAboutPlace = outcome.became === 'refused' || outcome.became === 'unknown';
    if (!isAboutPlace || isDirect(outletId)) return outcome;
    const isInSight = this.#servers.server(guildId)?.available !== false;
    return isInSight ? outcome : { became: 'postponed', wait: REST_AFTER_TROUBLE };
  }

  async #post({ id, channelId, body }: ChannelMessage, signal: AbortSignal): Promise<APIMessage> {
    const request = { body: { ...body, nonce: id, enforce_nonce: true }, signal: inTime(signal) };
    return (await this.#courier.post(Routes.channelMessages(channelId), request)) as APIMessage;
  }

  /**
   * Reads on in the channel from where the last reading ended, in the time in which the message may have arrived.
   *
   * @returns undefined when it is certainly not there
   */
  async #search(message: ChannelMessage, signal: AbortSignal): Promise<Outcome | undefined> {
    const { outletId, channelId, frozenAt, triedAt, searchedTo } = message;
    // Who may not read it is shown an empty channel ("Get Channel Messages"). In direct messages the bot always may.
    if (!isDirect(outletId) && !this.#servers.mayReadHistory(channelId)) {
      // Of a channel that the gateway doesn't know Discord says whether it is gone.
      const query = new URLSearchParams({ limit: '1' });
      const answer = this.#servers.knows(channelId) ? [] : await this.#read(channelId, query, signal);
      if (!Array.isArray(answer)) return answer;
      const detail =
        'Discord did not say whether it arrived, and the bot cannot read the history of the channel.';
      return { became: 'unknown', detail };
    }
    const now = this.#clock.now();
    const isOfAnotherClock = frozenAt > now;
    const from = isOfAnotherClock ? now - DAY : frozenAt - CLOCKS_APART;
    const after = searchedTo ?? this.#snowflakeAt(from);
    const query = new URLSearchParams({ after, limit: String(MESSAGES_READ) });
    const page = await this.#read(channelId, query, signal);
    if (!Array.isArray(page)) return page;
    const mark = message.mark ?? markOf(message.body);
    const own = page.filter(({ author }) => author.id === this.#servers.botId);
    const found = own.find((each) => markOf({ ...each }) === mark);
    if (found) return { became: 'sent', discordMessageId: found.id };
    // Newest first.
    const newest = page[0]?.id;
    const end = this.#snowflakeAt((isOfAnotherClock ? now : triedAt) + CLOCK_SLOW_BY);
    if (newest === undefined || page.length < MESSAGES_READ || BigInt(newest) > BigInt(end)) return undefined;
    return { became: 'searching', searchedTo: newest };
  }

  /** Whether Discord may have forgotten its nonce; also where a clock was put back and nobody knows how old it is. */
  #isForgotten({ frozenAt }: ChannelMessage): boolean {
    const age = this.#clock.now() - frozenAt;
    return age < 0 || age >= NONCE_WINDOW;
  }

  /** A part of what was written in a channel, the newest first; or why it could not be read. */
  async #read(
    channelId: string,
    query: URLSearchParams,
    signal: AbortSignal,
  ): Promise<APIMessage[] | Outcome> {
    try {
      const request = { query, signal: inTime(signal) };
      return (await this.#courier.get(Routes.channelMessages(channelId), request)) as APIMessage[];
    } catch (error) {
      const outcome = outcomeOf(error);
      // The question was malformed, not the message: that may have arrived.
      return outcome.became === 'malformed' ? { ...outcome, became: 'uncertain', isAnswered: true } : outcome;
    }
  }

  #snowflakeAt(moment: number): string {
    return String(SnowflakeUtil.generate({ timestamp: this.#clock.toMachineTime(moment), increment: 0n }));
  }
}

/**
 * Gives up when told to, or when Discord takes too long, reading its answer included. A signal of its own for each
 * request: discord.js never takes its listener off.
 */
function inTime(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN)]);
}

interface Marked {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: Parameters<typeof everyCustomId>[0];
}

/**
 * A digest of what Discord keeps of a message and no other message has: the custom ids of its buttons, what its cards say,
 * and the millisecond that they are of. It keeps neither the nonce nor the spaces around a text ("Embed Limits").
 */
export function markOf(body: Readonly<Record<string, unknown>>): string {
  const { content = '', embeds = [], components = [] } = body as Marked;
  const kept = JSON.stringify([
    content.trim(),
    everyCustomId(components),
    embeds.map(({ title, description, timestamp }) => [
      title?.trim() ?? '',
      description?.trim() ?? '',
      timestamp ? Date.parse(timestamp) : 0,
    ]),
  ]);
  return createHash('sha256').update(kept).digest('base64url');
}

/** What an error says about the message: never that it arrived. */
function outcomeOf(
  error: unknown,
): Extract<Outcome, { became: 'refused' | 'malformed' | 'postponed' | 'uncertain' }> {
  if (error instanceof RateLimitError) {
    const { global, retryAfter } = error;
    // What discord.js counts itself is over within the second, and does not have to hold everybody back.
    const isForAll = global && retryAfter > SECOND;
    return {
      became: 'postponed',
      wait: Math.max(retryAfter, SECOND),
      ...(isForAll ? { rests: 'everything' } : {}),
    };
  }
  const detail = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DiscordAPIError))
    return { became: 'uncertain', detail, isAnswered: error instanceof HTTPError };
  const { status, code } = error;
  if (status === 401) return { became: 'postponed', wait: REST_AFTER_TROUBLE, rests: 'everything' };
  if (code === RESTJSONErrorCodes.OpeningDirectMessagesTooFast)
    return { became: 'postponed', wait: REST_AFTER_OPENING };
  const problem = PROBLEMS.get(code);
  if (problem) return { became: 'refused', problem, detail };
  if (status === 403 || status === 404) return { became: 'refused', problem: 'refused', detail };
  if (status >= 400 && status < 500) return { became: 'malformed', detail };
  return { became: 'uncertain', detail, isAnswered: true };
}
