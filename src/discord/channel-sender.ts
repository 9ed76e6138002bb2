import {
  type APIEmbed,
  type APIMessage,
  DiscordAPIError,
  type REST,
  RESTJSONErrorCodes,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { Clock } from '../world/clock.ts';

/** What became of a message. */
export type Outcome =
  | { readonly delivered: true; readonly discordMessageId: string }
  | { readonly delivered: false; readonly reason: string };

/** A message as it was frozen. */
export interface FrozenMessage {
  readonly id: string;
  readonly channelId: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** When it was frozen, in the world's time. */
  readonly frozenAt: number;
}

/**
 * For how long Discord knows a nonce again is told only as "a few minutes" ("Create Message", enforce_nonce): a message
 * that is older than this is looked for in the channel before it is sent.
 */
const NONCE_WINDOW = 2 * 60_000;

/** Discord's limit for one reading of a channel ("Get Channel Messages", limit). */
const MESSAGES_READ = 100;

/** What the answers that an admin can mend mean. */
const REASONS: ReadonlyMap<string | number, string> = new Map<string | number, string>([
  [RESTJSONErrorCodes.UnknownChannel, 'The channel is gone.'],
  [RESTJSONErrorCodes.MissingAccess, 'The bot cannot see the channel.'],
  [RESTJSONErrorCodes.MissingPermissions, 'The bot may not write in the channel.'],
  [RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Discord refused the message as malformed.'],
]);

/** Sends frozen messages to channels: one at a time for each channel, and never the same one twice. */
export class ChannelSender {
  readonly #rest: () => REST;
  readonly #botId: () => string | undefined;
  readonly #clock: Clock;
  readonly #busy = new Set<string>();

  /**
   * @param rest how Discord is reached; asked for at each use, since the client is made later
   * @param botId who the bot is, as soon as that is known
   */
  constructor(rest: () => REST, botId: () => string | undefined, clock: Clock) {
    this.#rest = rest;
    this.#botId = botId;
    this.#clock = clock;
  }

  /** Reserves a channel until the turn is disposed of. Undefined while another run has it. */
  takeTurn(channelId: string): Disposable | undefined {
    if (this.#busy.has(channelId)) return undefined;
    this.#busy.add(channelId);
    return { [Symbol.dispose]: () => void this.#busy.delete(channelId) };
  }

  /**
   * Sends a message. Its id is the nonce: when it was sent before and the answer was lost, Discord gives the first one
   * back instead of making a second ("Create Message", enforce_nonce).
   *
   * @param signal gives up when aborted
   * @throws when the outcome is unknown or another try may succeed: a 5xx, a timeout, a broken connection
   */
  async send(message: FrozenMessage, signal: AbortSignal): Promise<Outcome> {
    try {
      const sent = (await this.#findSent(message, signal)) ?? (await this.#post(message, signal));
      return { delivered: true, discordMessageId: sent.id };
    } catch (error) {
      const reason = finalReason(error);
      if (reason === undefined) throw error;
      return { delivered: false, reason };
    }
  }

  async #post({ id, channelId, body }: FrozenMessage, signal: AbortSignal): Promise<APIMessage> {
    const request = { body: { ...body, nonce: id, enforce_nonce: true }, signal };
    return (await this.#rest().post(Routes.channelMessages(channelId), request)) as APIMessage;
  }

  /** The message in the channel, where it was frozen so long ago that its nonce may be forgotten. */
  async #findSent(message: FrozenMessage, signal: AbortSignal): Promise<APIMessage | undefined> {
    if (this.#clock.now() - message.frozenAt < NONCE_WINDOW) return undefined;
    const botId = this.#botId();
    if (botId === undefined) throw new Error('Not connected to Discord yet.');
    const after = SnowflakeUtil.generate({
      timestamp: this.#clock.toMachineTime(message.frozenAt) - NONCE_WINDOW,
    });
    const query = new URLSearchParams({ after: String(after), limit: String(MESSAGES_READ) });
    const messages = (await this.#rest().get(Routes.channelMessages(message.channelId), {
      query,
      signal,
    })) as APIMessage[];
    const mark = markOf(message.body['embeds'] as APIEmbed[] | undefined);
    return messages.find(({ author, embeds }) => author.id === botId && markOf(embeds) === mark);
  }
}

/** What Discord keeps of a message and no other message has: what its cards say, and the millisecond they are of. */
function markOf(embeds: readonly APIEmbed[] = []): string {
  return JSON.stringify(
    embeds.map(({ title, description, timestamp }) => [
      title,
      description,
      timestamp && Date.parse(timestamp),
    ]),
  );
}

/** Why Discord will never take this message; undefined where another try may succeed. */
function finalReason(error: unknown): string | undefined {
  if (!(error instanceof DiscordAPIError) || ![400, 403, 404].includes(error.status)) return undefined;
  return REASONS.get(error.code) ?? `Discord refused the message: ${error.message}`;
}
