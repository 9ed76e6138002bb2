import { container } from '@sapphire/framework';
import {
  type APIChannel,
  type APIOverwrite,
  type APIRole,
  type APIThreadChannel,
  ChannelType,
  PermissionFlagsBits,
  type PermissionsString,
  Status,
} from 'discord.js';

export const BOT = '700000000000000001';
export const SMITHY = '900000000000000001';
const OWNER = '100000000000000009';
const BOT_ROLE = '600000000000000001';

/** What everybody may do in the smithy, and so the bot. */
const USUAL: readonly PermissionsString[] = [
  'ViewChannel',
  'Connect',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'ReadMessageHistory',
];

interface Smithy {
  readonly owner?: string;
  readonly everyone?: readonly PermissionsString[];
  readonly roles?: readonly APIRole[];
  readonly ownRoles?: readonly string[];
  readonly timedOutUntil?: number | null;
  readonly channels?: readonly APIChannel[];
  readonly threads?: readonly APIThreadChannel[];
}

/** What of discord.js hears the gateway. */
interface Hearing {
  status: Status;
  emit(event: string, data: unknown, shardId: number): boolean;
  handlePacket(packet: object, shard: object): void;
}

/**
 * Says what Discord's gateway would say to the real discord.js of a bot that has no connection, and so to its listeners:
 * the way from a packet on is that of production.
 */
export class SpokenGateway {
  readonly #hearing = container.client.ws as unknown as Hearing;

  constructor() {
    this.#hearing.status = Status.Ready;
    this.greet();
  }

  say(event: string, data: object): void {
    const shard = { id: 0, status: Status.Ready, checkReady: () => undefined };
    this.#hearing.emit(event, data, 0);
    this.#hearing.handlePacket({ t: event, d: data }, shard);
  }

  /** The bot is connected anew, and is in these servers. */
  greet(...guildIds: readonly string[]): void {
    this.say('READY', {
      user: { id: BOT, username: 'Forgeling', discriminator: '0', avatar: null, bot: true },
      application: { id: BOT, flags: 0 },
      guilds: guildIds.map((id) => ({ id, unavailable: true })),
    });
  }

  /** The bot is told of its server: for the first time, or again. */
  describe({
    owner = OWNER,
    everyone = USUAL,
    roles = [],
    channels = [],
    threads = [],
    ...own
  }: Smithy): void {
    const { ownRoles = [], timedOutUntil = null } = own;
    this.say('GUILD_CREATE', {
      id: SMITHY,
      name: 'The Smithy',
      owner_id: owner,
      unavailable: false,
      roles: [role(SMITHY, everyone), role(BOT_ROLE, []), ...roles],
      members: [this.#member(ownRoles, timedOutUntil)],
      channels,
      threads,
    });
  }

  /** The bot is told of itself in its server. */
  changeMember(roleIds: readonly string[], timedOutUntil: number | null = null): void {
    this.say('GUILD_MEMBER_UPDATE', { guild_id: SMITHY, ...this.#member(roleIds, timedOutUntil) });
  }

  #member(roleIds: readonly string[], timedOutUntil: number | null) {
    return {
      user: { id: BOT, username: 'Forgeling', discriminator: '0', avatar: null, bot: true },
      roles: [BOT_ROLE, ...roleIds],
      joined_at: '2026-01-01T00:00:00Z',
      deaf: false,
      mute: false,
      flags: 0,
      communication_disabled_until: timedOutUntil === null ? null : new Date(timedOutUntil).toISOString(),
    };
  }
}

export function role(id: string, permissions: readonly PermissionsString[]): APIRole {
  // Of the rest nothing is looked at.
  return { id, name: id, position: 0, permissions: bits(permissions) } as APIRole;
}

/** Takes something from the bot, or from a role, in one channel. */
export function deny(id: string, ...permissions: readonly PermissionsString[]): APIOverwrite {
  return { id, type: id === BOT ? 1 : 0, allow: '0', deny: bits(permissions) };
}

export function channel(
  id: string,
  overwrites: readonly APIOverwrite[] = [],
  type: ChannelType = ChannelType.GuildText,
): APIChannel {
  // Of the rest nothing is looked at.
  return {
    id,
    type,
    guild_id: SMITHY,
    name: 'news',
    permission_overwrites: overwrites,
    ...(type === ChannelType.GuildVoice ? { bitrate: 64_000 } : {}),
  } as APIChannel;
}

export function thread(
  id: string,
  parentId: string,
  state: { archived?: boolean; locked?: boolean; isPrivate?: boolean; joined?: boolean } = {},
): APIThreadChannel {
  const { archived = false, locked = false, isPrivate = false, joined = false } = state;
  const member = { id, user_id: BOT, join_timestamp: '2026-01-01T00:00:00Z', flags: 0 };
  return {
    id,
    type: isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread,
    guild_id: SMITHY,
    parent_id: parentId,
    name: 'thread',
    thread_metadata: {
      archived,
      locked,
      auto_archive_duration: 60,
      archive_timestamp: '2026-01-01T00:00:00Z',
    },
    ...(joined ? { member } : {}),
    // Of the rest nothing is looked at.
  } as APIThreadChannel;
}

function bits(permissions: readonly PermissionsString[]): string {
  return permissions.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n).toString();
}
