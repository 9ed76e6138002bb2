import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import {
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType as Callback,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { invalidBody, refusals, refuseIfAny, underPath } from '../errors.ts';
import { createLoadingMessage, createMessage, editMessage, SENDABLE_FLAGS } from '../model/messages.ts';
import type {
  AutocompleteChoice,
  FileRecord,
  FirstAnswer,
  InteractionRecord,
  MessageRecord,
} from '../model/records.ts';
import type { ApiAnswer, ApiRequest } from '../rest/route.ts';
import { duplicateIds } from '../validation/components.ts';
import type { MessageBody } from '../validation/messages.ts';
import { checked } from '../validation/schema.ts';
import { messagePayload } from '../wire/message.ts';
import { withoutNulls } from '../wire/nulls.ts';
import { channelOf, originOf } from './followUps.ts';

/** "Interaction Type". */
const AUTOCOMPLETE = 4;
const MODAL_SUBMIT = 5;
/** Flags of a deferral that count; the others are ignored. */
const DEFERRABLE_FLAGS: number = MessageFlags.Ephemeral | MessageFlags.SuppressNotifications;

/** "Create Interaction Response". @throws ApiError 10062 too late, 40060 a second time, 50035 for a bad body */
export function answerFirst(core: Core, request: ApiRequest): ApiAnswer {
  const interaction = core.directory.interactions.get(request.params.get('token'));
  if (!interaction || interaction.id !== request.params.get('interaction'))
    throw refusals.unknownInteraction();
  if (interaction.state === 'answered') throw refusals.alreadyAcknowledged();
  if (interaction.state === 'unanswered' || core.now() > interaction.createdAt + core.answerWithin) {
    throw refusals.unknownInteraction();
  }
  const answer = takeAnswer(core, interaction, request.body, request.files);
  interaction.answer = answer;
  interaction.state = 'answered';
  if ('messageId' in answer) interaction.originalId = answer.messageId;
  interaction.first.resolve(answer);
  core.log.append({ kind: 'interaction', what: 'answered', interactionId: interaction.id });
  if (request.query.get('with_response') !== 'true') return { status: 204 };
  return { status: 200, body: callbackPayload(core, interaction, answer) };
}

function takeAnswer(
  core: Core,
  interaction: InteractionRecord,
  body: unknown,
  files: readonly FileRecord[],
): FirstAnswer {
  const type = callbackType(body);
  const fits = fittingTypes(interaction);
  if (!fits.includes(type)) {
    throw invalidBody([
      {
        path: ['type'],
        code: 'INTERACTION_CALLBACK_TYPE_INVALID',
        message: `Value must be one of ${fits.join(', ')} for this interaction.`,
      },
    ]);
  }
  switch (type) {
    case Callback.ChannelMessageWithSource:
      return reply(core, interaction, messageData(body), files);
    case Callback.DeferredChannelMessageWithSource:
      return defer(core, interaction, messageData(body));
    case Callback.DeferredMessageUpdate:
      checked(UpdateMessageInteractionCallbackRequestSchema, body);
      return deferUpdate(core, interaction);
    case Callback.UpdateMessage:
      return update(core, interaction, body, files);
    case Callback.ApplicationCommandAutocompleteResult:
      return choices(body);
    default:
      return modal(body);
  }
}

/** Which callback types an interaction can be answered with ("Interaction Callback Type"). */
function fittingTypes({ type, messageId }: InteractionRecord): readonly number[] {
  if (type === AUTOCOMPLETE) return [Callback.ApplicationCommandAutocompleteResult];
  const withMessage = [Callback.ChannelMessageWithSource, Callback.DeferredChannelMessageWithSource];
  const withSource = messageId === undefined ? [] : [Callback.DeferredMessageUpdate, Callback.UpdateMessage];
  return [...withMessage, ...withSource, ...(type === MODAL_SUBMIT ? [] : [Callback.Modal])];
}

function reply(
  core: Core,
  interaction: InteractionRecord,
  data: MessageBody,
  files: readonly FileRecord[],
): FirstAnswer {
  const flags = (data.flags ?? 0) & SENDABLE_FLAGS;
  const message = underPath(['data'], () =>
    createMessage(core, {
      channel: channelOf(core, interaction),
      authorId: core.applicationId,
      body: data,
      files,
      flags,
      visibleTo: (flags & MessageFlags.Ephemeral) === 0 ? null : interaction.userId,
      origin: originOf(interaction),
    }),
  );
  return { kind: 'message', messageId: message.id };
}

function defer(core: Core, interaction: InteractionRecord, data: MessageBody): FirstAnswer {
  const flags = (data.flags ?? 0) & DEFERRABLE_FLAGS;
  const ephemeral = (flags & MessageFlags.Ephemeral) !== 0;
  const message = createLoadingMessage(core, {
    channel: channelOf(core, interaction),
    authorId: core.applicationId,
    flags,
    visibleTo: ephemeral ? interaction.userId : null,
    origin: originOf(interaction),
  });
  return { kind: 'deferred', messageId: message.id, ephemeral };
}

function deferUpdate(core: Core, interaction: InteractionRecord): FirstAnswer {
  const { id, revision } = sourceMessage(core, interaction);
  return { kind: 'deferredUpdate', messageId: id, revision };
}

function update(
  core: Core,
  interaction: InteractionRecord,
  body: unknown,
  files: readonly FileRecord[],
): FirstAnswer {
  // discord.js sends `tts` with edits too; Discord takes no notice.
  const { data } = checked<{ data?: MessageBody | null }>(
    UpdateMessageInteractionCallbackRequestSchema,
    body,
    {
      alsoTaken: ['tts'],
    },
  );
  const message = sourceMessage(core, interaction);
  const channel = channelOf(core, interaction);
  underPath(['data'], () => editMessage(core, channel, message, data ?? {}, files));
  return { kind: 'updated', messageId: message.id };
}

function choices(body: unknown): FirstAnswer {
  const { data } = checked<{ data?: { choices?: readonly AutocompleteChoice[] } }>(
    ApplicationCommandAutocompleteCallbackRequestSchema,
    body,
  );
  return { kind: 'choices', choices: data?.choices ?? [] };
}

function modal(body: unknown): FirstAnswer {
  const { data } = checked<{ data: APIModalInteractionResponseCallbackData }>(
    ModalInteractionCallbackRequestSchema,
    body,
  );
  underPath(['data'], () => refuseIfAny(duplicateIds(data.components)));
  return { kind: 'modal', modal: withoutNulls(data) };
}

function messageData(body: unknown): MessageBody {
  const { data } = checked<{ data?: MessageBody | null }>(
    CreateMessageInteractionCallbackRequestSchema,
    body,
  );
  return withoutNulls(data ?? {});
}

/** @throws ApiError 10008 when the message with the component is gone */
function sourceMessage(core: Core, interaction: InteractionRecord): MessageRecord {
  const message = core.directory.message(interaction.channelId, interaction.messageId ?? '');
  if (!message) throw refusals.unknownMessage();
  return message;
}

function callbackType(body: unknown): number {
  return typeof body === 'object' && body !== null && 'type' in body ? Number(body.type) : 0;
}

/** "Interaction Callback Response Object", for `with_response`; the published description knows its types 4 and 7 only. */
function callbackPayload(core: Core, interaction: InteractionRecord, answer: FirstAnswer) {
  const changed = answer.kind === 'updated' || answer.kind === 'deferredUpdate';
  const type = changed ? Callback.UpdateMessage : Callback.ChannelMessageWithSource;
  const message =
    'messageId' in answer ? core.directory.message(interaction.channelId, answer.messageId) : undefined;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (message.flags & MessageFlags.Loading) !== 0,
            response_message_ephemeral: message.visibleTo !== null,
          }
        : {}),
      channel_id: interaction.channelId,
      ...(interaction.guildId === null ? {} : { guild_id: interaction.guildId }),
    },
    ...(message ? { resource: { type, message: messagePayload(core, message) } } : {}),
  };
}
