import { type APIAttachment, MessageFlags } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { refusals } from '../errors.ts';
import { readsContent } from '../gateway/intents.ts';
import { type AttachmentBody, checkMessage, type MessageBody } from '../validation/messages.ts';
import { everyComponent, keptComponents } from '../wire/components.ts';
import { keptEmbed } from '../wire/embeds.ts';
import { messageEventPayload } from '../wire/message.ts';
import { type MentionRules, NOBODY, pingedBy } from './mentions.ts';
import { channelPermissions, has } from './permissions.ts';
import type { ChannelRecord, FileRecord, MessageOrigin, MessageRecord } from './records.ts';

/** A message to be made. */
export interface MessageDraft {
  readonly channel: ChannelRecord;
  readonly authorId: string;
  readonly body: MessageBody;
  readonly files: readonly FileRecord[];
  readonly flags: number;
  readonly visibleTo?: string | null;
  readonly origin?: MessageOrigin | null;
}

/** Flags that a sender may set ("Message Flags"); the others are Discord's own. */
export const SENDABLE_FLAGS: number =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2 |
  MessageFlags.Ephemeral;

/**
 * Checks a body, keeps the message and tells everybody who sees it.
 *
 * @throws ApiError 50035 or 50006 when the body breaks a rule
 */
export function createMessage(core: Core, draft: MessageDraft): MessageRecord {
  const { channel, body, files, flags } = draft;
  checkMessage(body, { body, flags, fileNames: files.map(({ name }) => name) });
  const attachments = keepFiles(core, channel, files, body.attachments ?? []);
  const message: MessageRecord = {
    id: core.nextId(),
    channelId: channel.id,
    guildId: channel.kind === 'guild' ? channel.guildId : null,
    authorId: draft.authorId,
    createdAt: core.now(),
    nonce: body.nonce ?? null,
    visibleTo: draft.visibleTo ?? null,
    origin: draft.origin ?? null,
    replyTo: body.message_reference?.message_id ?? null,
    reactions: new Map(),
    content: (body.content ?? '').trim(),
    embeds: (body.embeds ?? []).map((embed) => keptEmbed(embed, resolver(attachments))),
    components: keptComponents(body.components ?? [], finder(attachments), core.nextId),
    attachments,
    flags,
    editedAt: null,
    revision: 0,
    allowedMentions: body.allowed_mentions ?? undefined,
    pinged: NOBODY,
    mentioned: NOBODY,
  };
  message.mentioned = mentionsOf(core, channel, message);
  message.pinged = message.mentioned;
  return keep(core, channel, message);
}

/** Keeps an empty message that says "thinking…" until it is edited (callback type 5). */
export function createLoadingMessage(core: Core, draft: Omit<MessageDraft, 'body' | 'files'>): MessageRecord {
  const { channel } = draft;
  const message: MessageRecord = {
    id: core.nextId(),
    channelId: channel.id,
    guildId: channel.kind === 'guild' ? channel.guildId : null,
    authorId: draft.authorId,
    createdAt: core.now(),
    nonce: null,
    visibleTo: draft.visibleTo ?? null,
    origin: draft.origin ?? null,
    replyTo: null,
    reactions: new Map(),
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    flags: draft.flags | MessageFlags.Loading,
    editedAt: null,
    revision: 0,
    allowedMentions: undefined,
    pinged: NOBODY,
    mentioned: NOBODY,
  };
  return keep(core, channel, message);
}

/**
 * Changes what the body names and leaves the rest ("Edit Message"). The first edit of a "thinking…" message fills it,
 * and notifies whom it mentions.
 *
 * @throws ApiError 50035 or 50006 when the result would break a rule
 */
export function editMessage(
  core: Core,
  channel: ChannelRecord,
  message: MessageRecord,
  body: MessageBody,
  files: readonly FileRecord[],
): MessageRecord {
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  const flags = editedFlags(message, body);
  const keptAttachments = body.attachments
    ? message.attachments.filter(({ id }) => body.attachments?.some((wanted) => wanted.id === id))
    : message.attachments;
  const fileNames = [...keptAttachments.map(({ filename }) => filename), ...files.map(({ name }) => name)];
  checkMessage(body, { body: afterwards(message, body), flags, fileNames });
  const added = keepFiles(core, channel, files, body.attachments ?? []);
  message.attachments = [...keptAttachments, ...added];
  const resolve = resolver(message.attachments);
  if (body.content !== undefined) message.content = (body.content ?? '').trim();
  if (body.embeds !== undefined)
    message.embeds = (body.embeds ?? []).map((embed) => keptEmbed(embed, resolve));
  if (body.components !== undefined) {
    message.components = keptComponents(body.components ?? [], finder(message.attachments), core.nextId);
  }
  if (body.allowed_mentions !== undefined) message.allowedMentions = body.allowed_mentions ?? undefined;
  message.flags = flags;
  message.revision += 1;
  message.mentioned = mentionsOf(core, channel, message);
  if (wasLoading) message.pinged = message.mentioned;
  else message.editedAt = core.now();
  tell(core, message, 'MESSAGE_UPDATE');
  core.log.append({ kind: 'message', what: 'updated', channelId: channel.id, messageId: message.id });
  return message;
}

/** Removes a message and tells everybody who saw it. */
export function deleteMessage(core: Core, channel: ChannelRecord, message: MessageRecord): void {
  channel.messages.delete(message.id);
  if (message.visibleTo === null && botSees(core, channel)) {
    core.gateway.dispatch({
      event: 'MESSAGE_DELETE',
      guildId: message.guildId,
      data: {
        id: message.id,
        channel_id: channel.id,
        ...(message.guildId === null ? {} : { guild_id: message.guildId }),
      },
    });
  }
  core.log.append({ kind: 'message', what: 'deleted', channelId: channel.id, messageId: message.id });
}

function keep(core: Core, channel: ChannelRecord, message: MessageRecord): MessageRecord {
  channel.messages.set(message.id, message);
  if (message.visibleTo === null) channel.lastMessageId = message.id;
  tell(core, message, 'MESSAGE_CREATE');
  core.log.append({ kind: 'message', what: 'created', channelId: channel.id, messageId: message.id });
  return message;
}

/** Whether a person sees a message that stands in a channel they see. */
export function isVisibleTo(message: MessageRecord, userId: string): boolean {
  return message.visibleTo === null || message.visibleTo === userId;
}

/** Whether what happens in a channel reaches the bot. */
export function botSees(core: Core, channel: ChannelRecord): boolean {
  if (channel.kind === 'direct') return true;
  const guild = core.directory.guilds.get(channel.guildId);
  const bot = guild?.members.get(core.applicationId);
  return (
    guild !== undefined && bot !== undefined && has(channelPermissions(guild, channel, bot), 'ViewChannel')
  );
}

/** Ephemeral messages go to one person and not to the bot's gateway. */
function tell(core: Core, message: MessageRecord, event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE'): void {
  const channel = core.directory.channels.get(message.channelId);
  if (message.visibleTo !== null || !channel || !botSees(core, channel)) return;
  core.gateway.dispatch({
    event,
    guildId: message.guildId,
    data: (intents: number) => messageEventPayload(core, message, readsContent(intents)),
  });
}

function afterwards(message: MessageRecord, body: MessageBody): MessageBody {
  return {
    ...body,
    content: body.content === undefined ? message.content : body.content,
    embeds: body.embeds === undefined ? message.embeds : body.embeds,
    components: body.components === undefined ? message.components : body.components,
  };
}

/** Only "suppress embeds" may be taken away again; "components V2" stays once set ("Edit Message"). */
function editedFlags(message: MessageRecord, body: MessageBody): number {
  const kept = message.flags & ~MessageFlags.Loading;
  if (body.flags === undefined || body.flags === null) return kept;
  const settable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
  return (kept & ~MessageFlags.SuppressEmbeds) | (body.flags & settable);
}

/** @throws ApiError 50035 when the body names a file that did not come with it */
function keepFiles(
  core: Core,
  channel: ChannelRecord,
  files: readonly FileRecord[],
  named: readonly AttachmentBody[],
): APIAttachment[] {
  return files.map((file, index) => {
    core.directory.files.set(file.id, file);
    const url = `${core.url}/attachments/${channel.id}/${file.id}/${encodeURIComponent(file.name)}`;
    const description = named.find(({ id }) => id === String(index))?.description;
    return {
      id: file.id,
      filename: file.name,
      size: file.content.byteLength,
      content_type: file.contentType,
      url,
      proxy_url: url,
      ...(description ? { description } : {}),
    };
  });
}

function resolver(attachments: readonly APIAttachment[]): (url: string) => string {
  const find = finder(attachments);
  return (url) => find(url)?.url ?? url;
}

function finder(attachments: readonly APIAttachment[]): (url: string) => APIAttachment | undefined {
  return (url) => attachments.find(({ filename }) => url === `attachment://${filename}`);
}

function mentionsOf(core: Core, channel: ChannelRecord, message: MessageRecord) {
  const texts = everyComponent(message.components)
    .filter((component) => component['type'] === 10)
    .map((component) => String(component['content']));
  const text = [message.content, ...texts].join('\n');
  return pingedBy(text, message.allowedMentions, mentionRules(core, channel, message.authorId));
}

function mentionRules(core: Core, channel: ChannelRecord, authorId: string): MentionRules {
  const userExists = (userId: string) => core.directory.users.has(userId);
  if (channel.kind === 'direct')
    return { userExists, roleMentionable: () => false, mayMentionEveryone: false };
  const guild = core.directory.guilds.get(channel.guildId);
  if (!guild) throw refusals.missingAccess();
  // Webhooks are no members; nor is the bot where only its commands were added, and it answers there all the same.
  const author = guild.members.get(authorId);
  const mayMentionEveryone =
    author !== undefined && has(channelPermissions(guild, channel, author), 'MentionEveryone');
  return {
    userExists,
    mayMentionEveryone,
    roleMentionable: (roleId) => {
      const role = guild.roles.get(roleId);
      return role !== undefined && (role.mentionable || mayMentionEveryone);
    },
  };
}
