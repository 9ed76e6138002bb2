import type { Core } from '../core.ts';
import { refusals } from '../errors.ts';
import { channelPermissions, guildPermissions, has, type PermissionName } from '../model/permissions.ts';
import type { ChannelRecord, GuildRecord, MemberRecord, MessageRecord } from '../model/records.ts';

/** A server that the bot is in, with its membership. */
export interface BotGuild {
  readonly guild: GuildRecord;
  readonly bot: MemberRecord;
}

/** @throws ApiError 50001 when the bot is not in it any more, 10004 when there is none */
export function botGuild(core: Core, guildId: string): BotGuild {
  const guild = core.directory.guilds.get(guildId);
  const bot = guild?.members.get(core.applicationId);
  if (guild && bot) return { guild, bot };
  if (core.directory.leftGuildIds.has(guildId)) throw refusals.missingAccess();
  throw refusals.unknownGuild();
}

/** @throws ApiError 50013 unless the bot may do all of this in the server */
export function requireInGuild({ guild, bot }: BotGuild, ...names: readonly PermissionName[]): void {
  if (!has(guildPermissions(guild, bot), ...names)) throw refusals.missingPermissions();
}

/**
 * A channel that the bot sees.
 *
 * @throws ApiError 10003 when there is none, 50001 when the bot does not see it, 50013 when it may not do all of this
 */
export function botChannel(
  core: Core,
  channelId: string,
  ...names: readonly PermissionName[]
): ChannelRecord {
  const channel = core.directory.channels.get(channelId);
  if (!channel) throw refusals.unknownChannel();
  const held = botPermissions(core, channel);
  if (!has(held, 'ViewChannel')) throw refusals.missingAccess();
  if (channel.kind === 'guild' && !has(held, ...names)) throw refusals.missingPermissions();
  return channel;
}

/** What the bot may do in a channel. */
export function botPermissions(core: Core, channel: ChannelRecord): bigint {
  if (channel.kind === 'direct') return ~0n;
  const guild = core.directory.guilds.get(channel.guildId);
  const bot = guild?.members.get(core.applicationId);
  return guild && bot ? channelPermissions(guild, channel, bot) : 0n;
}

/** A message that everybody in the channel sees. @throws ApiError 10008 when there is none */
export function publicMessage(channel: ChannelRecord, messageId: string): MessageRecord {
  const message = channel.messages.get(messageId);
  if (!message || message.visibleTo !== null) throw refusals.unknownMessage();
  return message;
}
