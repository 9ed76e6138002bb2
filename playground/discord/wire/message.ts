import type { Core } from '../core.ts';
import type { MessageOrigin, MessageRecord } from '../model/records.ts';
import { memberWithoutUser } from './guild.ts';
import { userPayload } from './user.ts';

/**
 * A message as REST answers it and as components carry it ("Message Object").
 *
 * @param readerId whose reactions are `me`
 */
export function messagePayload(core: Core, message: MessageRecord, readerId = core.applicationId) {
  const author = core.directory.users.get(message.authorId);
  return {
    id: message.id,
    type: messageType(message),
    channel_id: message.channelId,
    author: userOf(core, message.authorId),
    ...(author?.webhook ? { webhook_id: author.id } : {}),
    content: message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: message.mentioned.everyone,
    mentions: message.mentioned.userIds.map((id) => userOf(core, id)),
    mention_roles: message.mentioned.roleIds,
    attachments: message.attachments,
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.reactions.size === 0 ? {} : { reactions: reactionsPayload(message, readerId) }),
    ...(message.origin === null ? {} : originPayload(core, message, message.origin)),
    ...(message.replyTo === null ? {} : replyPayload(message, message.replyTo)),
  };
}

/**
 * A message as the gateway sends it: in a server with the server's id and the author's membership ("Message Create").
 * Without the message content intent, what others wrote is blank unless the bot is mentioned or it is a direct message.
 */
export function messageEventPayload(core: Core, message: MessageRecord, withContent: boolean) {
  const payload = messagePayload(core, message);
  const readable =
    withContent ||
    message.guildId === null ||
    message.authorId === core.applicationId ||
    message.mentioned.userIds.includes(core.applicationId);
  const shown = readable ? payload : { ...payload, content: '', embeds: [], components: [], attachments: [] };
  if (message.guildId === null) return shown;
  const member = core.directory.member(message.guildId, message.authorId);
  return {
    ...shown,
    guild_id: message.guildId,
    ...(member ? { member: memberWithoutUser(member) } : {}),
  };
}

/** The emoji of a reaction: `name:id` is a server's own, anything else is unicode. */
export function emojiPayload(emoji: string): { id: string | null; name: string } {
  const [name, id] = emoji.split(':');
  return { id: id ?? null, name: name ?? emoji };
}

function userOf(core: Core, userId: string) {
  const user = core.directory.users.get(userId);
  if (!user) throw new Error(`no user ${userId} behind a message`);
  return userPayload(user);
}

/** 20 answers a slash command, 19 replies to a message, 0 is anything else ("Message Types"). */
function messageType(message: MessageRecord): 0 | 19 | 20 {
  if (message.origin?.type === 2) return 20;
  return message.replyTo === null ? 0 : 19;
}

function reactionsPayload(message: MessageRecord, readerId: string) {
  return [...message.reactions].map(([emoji, userIds]) => ({
    emoji: emojiPayload(emoji),
    count: userIds.size,
    count_details: { burst: 0, normal: userIds.size },
    burst_colors: [],
    me_burst: false,
    me: userIds.has(readerId),
  }));
}

function originPayload(core: Core, message: MessageRecord, origin: MessageOrigin) {
  const user = userOf(core, origin.userId);
  const named = {
    id: origin.interactionId,
    type: origin.type,
    name: origin.commandName ?? '',
    user,
  };
  return {
    application_id: core.applicationId,
    webhook_id: core.applicationId,
    ...(origin.type === 2 ? { interaction: named } : {}),
    interaction_metadata: {
      id: origin.interactionId,
      type: origin.type,
      user,
      authorizing_integration_owners: message.guildId === null ? {} : { '0': message.guildId },
      ...(origin.commandName === undefined ? {} : { name: origin.commandName }),
      ...(origin.messageId === undefined ? {} : { interacted_message_id: origin.messageId }),
    },
  };
}

function replyPayload(message: MessageRecord, messageId: string) {
  return {
    message_reference: {
      type: 0,
      message_id: messageId,
      channel_id: message.channelId,
      ...(message.guildId === null ? {} : { guild_id: message.guildId }),
    },
  };
}
