import type { Client, Guild, GuildBasedChannel, PermissionsString } from 'discord.js';
import type { OutletProblem } from '../game/announcements/outlets.table.ts';

/** What the bot needs in a channel to write there, beside seeing it. */
const NEEDED_TO_WRITE = ['SendMessages', 'EmbedLinks'] as const satisfies readonly PermissionsString[];

/** What the bot knows of its servers without asking Discord: what the gateway has told it. */
export class ServerDirectory {
  readonly #client: () => Client;

  /** @param client asked for at each use, since it is made later */
  constructor(client: () => Client) {
    this.#client = client;
  }

  /** Who the bot is; undefined until Discord has said so. */
  get botId(): string | undefined {
    return this.#client().user?.id;
  }

  /** Whether Discord has told yet which servers the bot is in. */
  get isKnown(): boolean {
    return this.#client().isReady();
  }

  server(guildId: string): Guild | undefined {
    return this.#client().guilds.cache.get(guildId);
  }

  /** What keeps the bot from writing in a server's channel; undefined where nothing is known to. */
  problemIn(channelId: string): OutletProblem | undefined {
    const channel = this.#channel(channelId);
    const { me } = channel?.guild.members ?? {};
    // Threads that nobody writes in are not told by the gateway: Discord has to be asked.
    if (!channel || !me) return undefined;
    const granted = channel.permissionsFor(me);
    if (!granted.has('ViewChannel')) return 'missingAccess';
    const needed = channel.isThread() ? (['SendMessagesInThreads', 'EmbedLinks'] as const) : NEEDED_TO_WRITE;
    return granted.has(needed) ? undefined : 'missingPermissions';
  }

  /** Whether it is certain that the bot may write in a server's channel. */
  isWritable(channelId: string): boolean {
    return this.#channel(channelId) !== undefined && this.problemIn(channelId) === undefined;
  }

  /** Whether the bot may look for its own messages in a channel; always where people write to it directly. */
  mayReadHistory(channelId: string): boolean {
    const channel = this.#channel(channelId);
    const { me } = channel?.guild.members ?? {};
    if (!channel || !me) return true;
    return channel.permissionsFor(me).has(['ViewChannel', 'ReadMessageHistory']);
  }

  #channel(channelId: string): GuildBasedChannel | undefined {
    const channel = this.#client().channels.cache.get(channelId);
    return channel && !channel.isDMBased() ? channel : undefined;
  }
}
