import {
  ChannelType,
  type Client,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  type PermissionsBitField,
} from 'discord.js';
import type { OutletProblem } from '../game/announcements/outlets.table.ts';
import type { Clock } from '../world/clock.ts';
import type { NamedPermission } from './in-words.ts';

/** Whether the bot has a permission that it wants in a channel. */
export interface WantedPermission {
  readonly name: NamedPermission;
  readonly isGranted: boolean;
  /** Whether its roles have it in the server as a whole: where it lacks it all the same, the channel takes it away. */
  readonly isGrantedInServer: boolean;
}

/** What the bot knows of its servers without asking Discord: what the gateway has told it. */
export class ServerDirectory {
  readonly #client: () => Client;
  readonly #clock: Clock;

  /** @param client asked for at each use, since it is made later */
  constructor(client: () => Client, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
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

  /** A channel of a server; undefined where the gateway tells of none, and for threads that nobody writes in. */
  channel(guildId: string, channelId: string): GuildBasedChannel | undefined {
    const channel = this.#channel(channelId);
    return channel?.guildId === guildId ? channel : undefined;
  }

  /** What keeps the bot from writing in a server's channel; undefined where nothing is known to. */
  problemIn(channelId: string): OutletProblem | undefined {
    const access = this.#access(channelId);
    if (!access) return undefined;
    const { channel, granted, me } = access;
    if (!granted.has('ViewChannel')) return 'missingAccess';
    if (!granted.has(neededIn(channel))) return 'missingPermissions';
    if (channel.isThread() && !granted.has('ManageThreads')) {
      if (channel.type === ChannelType.PrivateThread && !channel.joined) return 'missingAccess';
      // Writing in one that is only archived opens it again ("Threads", Active & Archived Threads).
      if (channel.archived && channel.locked) return 'refused';
    }
    return this.#timeoutOf(me) === undefined ? undefined : 'refused';
  }

  /** Whether it is certain that the bot may write in a server's channel. */
  isWritable(channelId: string): boolean {
    const access = this.#access(channelId);
    return access?.channel.guild.available === true && this.problemIn(channelId) === undefined;
  }

  /** Whose channel it is, which never changes; undefined where the gateway doesn't tell, and for direct messages. */
  homeOf(channelId: string): string | undefined {
    const channel = this.#client().channels.cache.get(channelId);
    return channel && !channel.isDMBased() ? channel.guildId : undefined;
  }

  /** Whether the gateway has told of a channel. */
  knows(channelId: string): boolean {
    return this.#access(channelId) !== undefined;
  }

  /** Whether it is certain that the bot may look for its own messages in a server's channel. */
  mayReadHistory(channelId: string): boolean {
    return this.#access(channelId)?.granted.has(['ViewChannel', 'ReadMessageHistory']) === true;
  }

  /** What the bot wants to be allowed in a channel, and whether it is; undefined where that isn't known. */
  wantedIn(channelId: string): WantedPermission[] | undefined {
    const access = this.#access(channelId);
    if (!access) return undefined;
    const { channel, granted, me } = access;
    const wanted: NamedPermission[] = ['ViewChannel', ...neededIn(channel), 'ReadMessageHistory'];
    return wanted.map((name) => ({
      name,
      isGranted: granted.has('ViewChannel') && granted.has(name),
      isGrantedInServer: me.permissions.has(name),
    }));
  }

  /** Until when the bot may write nowhere in a server, because somebody gave it a timeout. */
  timedOutUntil(guildId: string): number | undefined {
    const me = this.server(guildId)?.members.me;
    return me ? this.#timeoutOf(me) : undefined;
  }

  /** Forgets servers, as if Discord had said that the bot has left them. */
  forget(guilds: Iterable<Guild>): void {
    const { channels, guilds: servers } = this.#client();
    for (const guild of guilds) {
      for (const channelId of guild.channels.cache.keys()) channels.cache.delete(channelId);
      servers.cache.delete(guild.id);
    }
  }

  #access(
    channelId: string,
  ): { channel: GuildBasedChannel; granted: Readonly<PermissionsBitField>; me: GuildMember } | undefined {
    const channel = this.#channel(channelId);
    const { me } = channel?.guild.members ?? {};
    if (!channel || !me) return undefined;
    // Null for a thread whose channel isn't known, though the types don't say so.
    const granted = channel.permissionsFor(me) as Readonly<PermissionsBitField> | null;
    return granted ? { channel, granted, me } : undefined;
  }

  /** discord.js keeps channels that were deleted while it was away, but not among those of their server. */
  #channel(channelId: string): GuildBasedChannel | undefined {
    const channel = this.#client().channels.cache.get(channelId);
    return channel && !channel.isDMBased() && channel.guild.channels.cache.has(channelId)
      ? channel
      : undefined;
  }

  /** Nobody can give one to administrators ("Modify Guild Member", communication_disabled_until). */
  #timeoutOf(me: GuildMember): number | undefined {
    const { communicationDisabledUntilTimestamp: until } = me;
    const now = this.#clock.toMachineTime(this.#clock.now());
    return until !== null && until > now && !me.permissions.has('Administrator') ? until : undefined;
  }
}

/** What the bot needs in a channel to write there, beside seeing it. */
function neededIn(channel: GuildBasedChannel): NamedPermission[] {
  if (channel.isThread()) return ['SendMessagesInThreads', 'EmbedLinks'];
  // Who may not enter a voice channel may not write in it either ("Permissions", Implicit Permissions).
  if (channel.isVoiceBased()) return ['Connect', 'SendMessages', 'EmbedLinks'];
  return ['SendMessages', 'EmbedLinks'];
}
