import { DiscordAPIError, HTTPError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';

/** What became of a message. */
export type Outcome =
  | { readonly delivered: true; readonly discordMessageId: string }
  | { readonly delivered: false; readonly reason: string };

/** A message as it was frozen. */
export interface FrozenMessage {
  readonly id: string;
  readonly channelId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers after which the same message won't be taken either: they have a reason that an admin can mend. */
const FINAL: ReadonlyMap<string | number, string> = new Map<string | number, string>([
  [RESTJSONErrorCodes.UnknownChannel, 'The channel is gone.'],
  [RESTJSONErrorCodes.MissingAccess, 'The bot cannot see the channel.'],
  [RESTJSONErrorCodes.MissingPermissions, 'The bot may not write in the channel.'],
  [RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Discord refused the message as malformed.'],
]);

/** Sends frozen messages to channels: one at a time for each channel, and never the same one twice. */
export class ChannelSender {
  readonly #rest: () => REST;
  readonly #busy = new Set<string>();

  /** @param rest how Discord is reached; asked for at each use, since the client is made later */
  constructor(rest: () => REST) {
    this.#rest = rest;
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
    const { id, channelId, body } = message;
    try {
      const sent = (await this.#rest().post(Routes.channelMessages(channelId), {
        body: { ...body, nonce: id, enforce_nonce: true },
        signal,
      })) as { id: string };
      return { delivered: true, discordMessageId: sent.id };
    } catch (error) {
      const reason = finalReason(error);
      if (reason === undefined) throw error;
      return { delivered: false, reason };
    }
  }
}

function finalReason(error: unknown): string | undefined {
  if (error instanceof DiscordAPIError) return FINAL.get(error.code);
  if (error instanceof HTTPError && error.status === 404) return 'The channel is gone.';
  return undefined;
}
