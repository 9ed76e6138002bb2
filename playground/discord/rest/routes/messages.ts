import { MessageCreateRequestSchema, MessageEditRequestPartialSchema } from 'discord-api-spec/zod';
import { MessageFlags } from 'discord-api-types/v10';
import type { Core } from '../../core.ts';
import { refusals, refuseIfAny } from '../../errors.ts';
import { createMessage, deleteMessage, editMessage, SENDABLE_FLAGS } from '../../model/messages.ts';
import { has, type PermissionName } from '../../model/permissions.ts';
import { addReaction, removeReaction } from '../../model/reactions.ts';
import type { ChannelRecord, MessageRecord } from '../../model/records.ts';
import type { MessageBody } from '../../validation/messages.ts';
import { checked } from '../../validation/schema.ts';
import { channelPayload } from '../../wire/channel.ts';
import { messagePayload } from '../../wire/message.ts';
import { withoutNulls } from '../../wire/nulls.ts';
import { botChannel, botPermissions, publicMessage } from '../access.ts';
import type { Allowance } from '../rateLimits.ts';
import { type ApiRequest, type Route, route } from '../route.ts';

/** Observed, not documented: Discord wants them read from the answers' headers. */
const SEND: Allowance = { requests: 5, milliseconds: 5_000 };
const EDIT: Allowance = { requests: 5, milliseconds: 5_000 };
const REMOVE: Allowance = { requests: 5, milliseconds: 1_000 };
const REACT: Allowance = { requests: 4, milliseconds: 1_000 };
const MOST_LISTED = 100;
const LISTED = 50;

/** Channels, their messages and reactions ("Channels Resource", "Messages Resource"). */
export const messageRoutes: readonly Route[] = [
  route('GET /channels/:channel', (core, { params }) => ({
    status: 200,
    body: channelPayload(core, botChannel(core, params.get('channel'))),
  })),
  route('POST /channels/:channel/typing', (core, { params }) => {
    botChannel(core, params.get('channel'), 'SendMessages');
    return { status: 204 };
  }),
  route('GET /channels/:channel/messages', list),
  route('POST /channels/:channel/messages', send, SEND),
  route('GET /channels/:channel/messages/:message', (core, { params }) => {
    const channel = botChannel(core, params.get('channel'), 'ReadMessageHistory');
    return { status: 200, body: messagePayload(core, publicMessage(channel, params.get('message'))) };
  }),
  route('PATCH /channels/:channel/messages/:message', edit, EDIT),
  route('DELETE /channels/:channel/messages/:message', remove, REMOVE),
  route(
    'PUT /channels/:channel/messages/:message/reactions/:emoji/@me',
    (core, { params }) => {
      const channel = botChannel(core, params.get('channel'), 'ReadMessageHistory', 'AddReactions');
      addReaction(
        core,
        publicMessage(channel, params.get('message')),
        core.applicationId,
        params.get('emoji'),
      );
      return { status: 204 };
    },
    REACT,
  ),
  route(
    'DELETE /channels/:channel/messages/:message/reactions/:emoji/@me',
    (core, { params }) => {
      const channel = botChannel(core, params.get('channel'));
      removeReaction(
        core,
        publicMessage(channel, params.get('message')),
        core.applicationId,
        params.get('emoji'),
      );
      return { status: 204 };
    },
    REACT,
  ),
];

/** "Get Channel Messages": newest first; without READ_MESSAGE_HISTORY none. */
function list(core: Core, { params, query }: ApiRequest) {
  const channel = botChannel(core, params.get('channel'));
  const limit = Number(query.get('limit') ?? LISTED);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED) {
    refuseIfAny([
      {
        path: ['limit'],
        code: 'NUMBER_TYPE_MAX',
        message: `int value should be between 1 and ${MOST_LISTED}.`,
      },
    ]);
  }
  if (!has(botPermissions(core, channel), 'ReadMessageHistory')) return { status: 200, body: [] };
  const messages = [...channel.messages.values()].filter(({ visibleTo }) => visibleTo === null).reverse();
  return {
    status: 200,
    body: select(messages, query, limit).map((message) => messagePayload(core, message)),
  };
}

function select(
  newestFirst: readonly MessageRecord[],
  query: URLSearchParams,
  limit: number,
): MessageRecord[] {
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
  if (after) return newestFirst.filter(({ id }) => BigInt(id) > BigInt(after)).slice(-limit);
  if (before) return newestFirst.filter(({ id }) => BigInt(id) < BigInt(before)).slice(0, limit);
  if (!around) return newestFirst.slice(0, limit);
  const newer = newestFirst.filter(({ id }) => BigInt(id) >= BigInt(around)).slice(-Math.ceil(limit / 2));
  const older = newestFirst.filter(({ id }) => BigInt(id) < BigInt(around));
  return [...newer, ...older].slice(0, limit);
}

/** "Create Message". */
function send(core: Core, request: ApiRequest) {
  const channel = botChannel(core, request.params.get('channel'), 'SendMessages');
  if (channel.kind === 'direct') requireOpen(core, channel.userId);
  const body = withoutNulls(checked<MessageBody>(MessageCreateRequestSchema, request.body ?? {}));
  const repeated = repeatedMessage(core, channel, body);
  if (repeated) return { status: 200, body: messagePayload(core, repeated) };
  requireFor(core, channel, body, request.files.length);
  const reply = body.message_reference?.message_id;
  if (reply !== undefined && !channel.messages.has(reply)) {
    refuseIfAny([
      { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
    ]);
  }
  const message = createMessage(core, {
    channel,
    authorId: core.applicationId,
    body,
    files: request.files,
    flags: (body.flags ?? 0) & SENDABLE_FLAGS & ~MessageFlags.Ephemeral,
  });
  if (message.nonce !== null) core.nonces.remember(channel.id, message.authorId, message.nonce, message.id);
  return { status: 200, body: messagePayload(core, message) };
}

/** `enforce_nonce`: a message with the same nonce by the same author is returned, and no new one made. */
function repeatedMessage(core: Core, channel: ChannelRecord, body: MessageBody): MessageRecord | undefined {
  if (!body.enforce_nonce || body.nonce === undefined || body.nonce === null) return undefined;
  const messageId = core.nonces.find(channel.id, core.applicationId, body.nonce);
  return messageId === undefined ? undefined : channel.messages.get(messageId);
}

/** "Edit Message": only one's own. */
function edit(core: Core, request: ApiRequest) {
  const channel = botChannel(core, request.params.get('channel'));
  const message = publicMessage(channel, request.params.get('message'));
  if (message.authorId !== core.applicationId) throw refusals.foreignMessage();
  // discord.js sends `tts` with edits too; Discord takes no notice.
  const body = checked<MessageBody>(MessageEditRequestPartialSchema, request.body ?? {}, {
    alsoTaken: ['tts'],
  });
  return {
    status: 200,
    body: messagePayload(core, editMessage(core, channel, message, body, request.files)),
  };
}

/** "Delete Message": others' only with MANAGE_MESSAGES. */
function remove(core: Core, { params }: ApiRequest) {
  const channel = botChannel(core, params.get('channel'));
  const message = publicMessage(channel, params.get('message'));
  const own = message.authorId === core.applicationId;
  if (!own && (channel.kind === 'direct' || !has(botPermissions(core, channel), 'ManageMessages'))) {
    throw refusals.missingPermissions();
  }
  deleteMessage(core, channel, message);
  return { status: 204 };
}

/** @throws ApiError 50007 when the person takes no messages from the bot, or shares no server with it */
function requireOpen(core: Core, userId: string): void {
  const shared = [...core.directory.guilds.values()].some(
    ({ members }) => members.has(userId) && members.has(core.applicationId),
  );
  if (!shared || !core.directory.users.get(userId)?.acceptsDirectMessages)
    throw refusals.directMessageClosed();
}

/** Embeds and files need permissions of their own. @throws ApiError 50013 */
function requireFor(core: Core, channel: ChannelRecord, body: MessageBody, files: number): void {
  const needed: PermissionName[] = [];
  if (body.embeds?.length) needed.push('EmbedLinks');
  if (files > 0) needed.push('AttachFiles');
  if (!has(botPermissions(core, channel), ...needed)) throw refusals.missingPermissions();
}
