import type { Anvil } from '../anvil.ts';
import type { ChannelRecord, LoopbackDiscord, MessageRecord } from '../discord/index.ts';

/** What the page shows of the bot. */
export interface BotState {
  readonly state: 'starting' | 'ready' | 'down';
  readonly words: string;
}

/** A message as the page draws it: Discord's own form, and what only a client knows. */
export function messageView(discord: LoopbackDiscord, message: MessageRecord) {
  const { channelId, origin, visibleTo, pinged } = message;
  return {
    ...discord.payload(message),
    channel_id: channelId,
    ephemeral: visibleTo !== null,
    pinged,
    used: origin?.commandName === undefined ? null : { userId: origin.userId, command: origin.commandName },
  };
}

/** People and places as one person sees them. */
export function worldView(discord: LoopbackDiscord, { guild }: Anvil, userId: string, bot: BotState) {
  const { directory } = discord;
  const record = directory.guilds.get(guild.id);
  return {
    bot,
    applicationId: discord.applicationId,
    people: [...directory.users.values()].map((user) => ({
      id: user.id,
      name: user.name,
      bot: user.bot,
      roles: [...(record?.members.get(user.id)?.roleIds ?? [])],
    })),
    roles: [...(record?.roles.values() ?? [])].map(({ id, name, color }) => ({ id, name, color })),
    guild: { id: guild.id, name: guild.name },
    channels: visibleChannels(discord, guild.id, userId).map(({ id, name, topic }) => ({ id, name, topic })),
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

function visibleChannels(discord: LoopbackDiscord, guildId: string, userId: string) {
  return discord.directory.guildChannels(guildId).filter((channel) => sees(discord, userId, channel));
}
