import type { Core } from '../core.ts';
import { memberPayload } from '../wire/guild.ts';
import { emojiPayload } from '../wire/message.ts';
import { botSees } from './messages.ts';
import type { MessageRecord } from './records.ts';

/** Adds a person's reaction; a second time changes nothing. */
export function addReaction(core: Core, message: MessageRecord, userId: string, emoji: string): void {
  const userIds = message.reactions.get(emoji) ?? new Set<string>();
  if (userIds.has(userId)) return;
  message.reactions.set(emoji, userIds.add(userId));
  tell(core, message, userId, emoji, 'MESSAGE_REACTION_ADD');
}

/** Takes a person's reaction away, if it is there. */
export function removeReaction(core: Core, message: MessageRecord, userId: string, emoji: string): void {
  const userIds = message.reactions.get(emoji);
  if (!userIds?.delete(userId)) return;
  if (userIds.size === 0) message.reactions.delete(emoji);
  tell(core, message, userId, emoji, 'MESSAGE_REACTION_REMOVE');
}

/** Whoever writes through a webhook is no user who could be named. */
function isByWebhook(core: Core, { authorId }: MessageRecord): boolean {
  return core.directory.users.get(authorId)?.webhook === true;
}

function tell(
  core: Core,
  message: MessageRecord,
  userId: string,
  emoji: string,
  event: 'MESSAGE_REACTION_ADD' | 'MESSAGE_REACTION_REMOVE',
): void {
  const { guildId } = message;
  const channel = core.directory.channels.get(message.channelId);
  const member = guildId === null ? undefined : core.directory.member(guildId, userId);
  if (channel && botSees(core, channel)) {
    core.gateway.dispatch({
      event,
      guildId,
      data: {
        user_id: userId,
        channel_id: message.channelId,
        message_id: message.id,
        emoji: emojiPayload(emoji),
        burst: false,
        type: 0,
        ...(guildId === null ? {} : { guild_id: guildId }),
        ...(event === 'MESSAGE_REACTION_ADD' && !isByWebhook(core, message)
          ? { message_author_id: message.authorId }
          : {}),
        ...(event === 'MESSAGE_REACTION_ADD' && member ? { member: memberPayload(core, member) } : {}),
      },
    });
  }
  core.log.append({ kind: 'message', what: 'updated', channelId: message.channelId, messageId: message.id });
}
