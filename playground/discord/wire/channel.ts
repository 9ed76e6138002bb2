import type { Core } from '../core.ts';
import type { ChannelRecord, DirectChannelRecord, GuildChannelRecord } from '../model/records.ts';
import { userPayload } from './user.ts';

/** A channel of a server or a direct message channel ("Channel Object"). */
export function channelPayload(core: Core, channel: ChannelRecord) {
  return channel.kind === 'guild' ? guildChannelPayload(channel) : directChannelPayload(core, channel);
}

/** A channel of a server. */
export function guildChannelPayload(channel: GuildChannelRecord) {
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    topic: channel.topic,
    position: channel.position,
    parent_id: null,
    nsfw: false,
    rate_limit_per_user: 0,
    flags: 0,
    last_message_id: channel.lastMessageId,
    permission_overwrites: [...channel.overwrites.values()].map((overwrite) => ({
      id: overwrite.id,
      type: overwrite.type,
      allow: overwrite.allow.toString(),
      deny: overwrite.deny.toString(),
    })),
  };
}

/** A direct message channel between the bot and one person. */
export function directChannelPayload(core: Core, channel: DirectChannelRecord) {
  const user = core.directory.users.get(channel.userId);
  return {
    id: channel.id,
    type: 1,
    flags: 0,
    last_message_id: channel.lastMessageId,
    recipients: user ? [userPayload(user)] : [],
  };
}
