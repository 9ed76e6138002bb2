import {
  type ChannelRecord,
  channelPermissions,
  type GuildChannelRecord,
  type GuildRecord,
  guildPermissions,
  has,
  type LoopbackDiscord,
  type MessageRecord,
  namesOf,
} from '../discord/index.ts';
import type { BendingView, BotView, ChannelView, ServerView, WorldView } from './protocol.ts';

/** What the world is told beside what this Discord knows. */
interface Around {
  readonly bot: BotView;
  readonly bending: BendingView;
}

/** A message as the page draws it for a person: Discord's own form, and what only a client knows. */
export function messageView(discord: LoopbackDiscord, message: MessageRecord, userId: string, fresh = false) {
  const { channelId, origin, visibleTo, pinged } = message;
  return {
    ...discord.payload(message, userId),
    ...(message.replyTo === null ? {} : { referenced_message: original(discord, message, userId) }),
    channel_id: channelId,
    ephemeral: visibleTo !== null,
    pinged,
    fresh,
    used: origin?.commandName === undefined ? null : { userId: origin.userId, command: origin.commandName },
  };
}

/** What a message replies to, as the same person sees it; null where it is gone. */
function original(discord: LoopbackDiscord, { channelId, replyTo }: MessageRecord, userId: string) {
  const found = discord.directory.channels.get(channelId)?.messages.get(replyTo ?? '');
  return found ? discord.payload(found, userId) : null;
}

/** People and places as one person sees them. */
export function worldView(discord: LoopbackDiscord, userId: string, { bot, bending }: Around): WorldView {
  const { directory } = discord;
  const joined = [...directory.guilds.values()].filter(({ members }) => members.has(userId));
  return {
    bot,
    bending,
    applicationId: discord.applicationId,
    me: directory.users.has(userId) ? userId : null,
    people: [...directory.users.values()]
      .filter(({ webhook }) => !webhook)
      .map(({ id, name, bot: isBot, locale, acceptsDirectMessages }) => ({
        id,
        name,
        bot: isBot,
        locale,
        acceptsDirectMessages,
      })),
    servers: joined.map((guild) => serverView(discord, guild, userId)),
    direct: directory.directChannel(userId)?.id ?? null,
  };
}

/** Whether a person sees what happens in a channel. */
export function sees(discord: LoopbackDiscord, userId: string, channel: ChannelRecord): boolean {
  try {
    return discord.as(userId, channel).channel === channel;
  } catch {
    return false;
  }
}

function serverView(discord: LoopbackDiscord, guild: GuildRecord, userId: string): ServerView {
  return {
    id: guild.id,
    name: guild.name,
    ownerId: guild.ownerId,
    hasBot: guild.members.has(discord.applicationId),
    roles: [...guild.roles.values()].map(({ id, name, color, managed, permissions }) => ({
      id,
      name,
      color,
      managed,
      permissions: namesOf(permissions),
    })),
    members: [...guild.members.values()].map(({ userId: id, roleIds }) => ({
      userId: id,
      roleIds: [...roleIds],
    })),
    channels: visibleChannels(discord, guild.id, userId).map((channel) =>
      channelView(discord, guild, channel, userId),
    ),
  };
}

function channelView(
  discord: LoopbackDiscord,
  guild: GuildRecord,
  channel: GuildChannelRecord,
  userId: string,
): ChannelView {
  const { id, type, name, topic, overwrites } = channel;
  return {
    id,
    type,
    name,
    topic,
    mayWrite: has(discord.as(userId, channel).permissions, 'SendMessages'),
    denied: deniedToBot(discord, guild, channel),
    overwrites: [...overwrites.values()].map(({ id: target, allow, deny }) => ({
      id: target,
      allow: namesOf(allow),
      deny: namesOf(deny),
    })),
  };
}

function deniedToBot(discord: LoopbackDiscord, guild: GuildRecord, channel: GuildChannelRecord): string[] {
  const bot = guild.members.get(discord.applicationId);
  if (!bot) return [];
  return namesOf(guildPermissions(guild, bot) & ~channelPermissions(guild, channel, bot));
}

function visibleChannels(discord: LoopbackDiscord, guildId: string, userId: string) {
  return discord.directory.guildChannels(guildId).filter((channel) => sees(discord, userId, channel));
}
