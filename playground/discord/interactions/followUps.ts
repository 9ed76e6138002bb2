import { MessageFlags } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { refusals } from '../errors.ts';
import { createMessage, deleteMessage, editMessage, SENDABLE_FLAGS } from '../model/messages.ts';
import type {
  ChannelRecord,
  FileRecord,
  InteractionRecord,
  MessageOrigin,
  MessageRecord,
} from '../model/records.ts';
import type { MessageBody } from '../validation/messages.ts';

/** A message in the channel that it stands in. */
export interface Placed {
  readonly channel: ChannelRecord;
  readonly message: MessageRecord;
}

/**
 * Says something more. Straight after a deferral it fills the "thinking…" message instead, whose being ephemeral or
 * not stays (developer docs, "Create Followup Message").
 *
 * @throws ApiError 50035 or 50006 when the body breaks a rule
 */
export function followUp(
  core: Core,
  interaction: InteractionRecord,
  body: MessageBody,
  files: readonly FileRecord[],
): MessageRecord {
  const channel = channelOf(core, interaction);
  const original = channel.messages.get(interaction.originalId ?? '');
  if (original && (original.flags & MessageFlags.Loading) !== 0) {
    return editMessage(core, channel, original, body, files);
  }
  const flags = (body.flags ?? 0) & SENDABLE_FLAGS;
  const message = createMessage(core, {
    channel,
    authorId: core.applicationId,
    body,
    files,
    flags,
    visibleTo: (flags & MessageFlags.Ephemeral) === 0 ? null : interaction.userId,
    origin: originOf(interaction),
  });
  interaction.followUpIds.push(message.id);
  return message;
}

/** @throws ApiError 10008 when there is none, 50035 or 50006 when the body breaks a rule */
export function editFollowUp(
  core: Core,
  interaction: InteractionRecord,
  messageId: string,
  body: MessageBody,
  files: readonly FileRecord[],
): MessageRecord {
  const { channel, message } = responseMessage(core, interaction, messageId);
  return editMessage(core, channel, message, body, files);
}

/** @throws ApiError 10008 when there is none */
export function removeFollowUp(core: Core, interaction: InteractionRecord, messageId: string): void {
  const { channel, message } = responseMessage(core, interaction, messageId);
  deleteMessage(core, channel, message);
}

/**
 * A message that this interaction made, or `@original`.
 *
 * @throws ApiError 10008 when there is none
 */
export function responseMessage(core: Core, interaction: InteractionRecord, messageId: string): Placed {
  const channel = channelOf(core, interaction);
  const id = messageId === '@original' ? interaction.originalId : messageId;
  const own = id !== undefined && (id === interaction.originalId || interaction.followUpIds.includes(id));
  const message = own ? channel.messages.get(id) : undefined;
  if (!message) throw refusals.unknownMessage();
  return { channel, message };
}

/** @throws ApiError 10003 when the channel is gone */
export function channelOf(core: Core, interaction: InteractionRecord): ChannelRecord {
  const channel = core.directory.channels.get(interaction.channelId);
  if (!channel) throw refusals.unknownChannel();
  return channel;
}

/** What a message says about the interaction that it came from. */
export function originOf(interaction: InteractionRecord): MessageOrigin {
  return {
    interactionId: interaction.id,
    // Autocomplete makes no messages.
    type: interaction.type === 4 ? 2 : interaction.type,
    userId: interaction.userId,
    ...(interaction.commandName === undefined ? {} : { commandName: interaction.commandName }),
    ...(interaction.messageId === undefined ? {} : { messageId: interaction.messageId }),
  };
}
