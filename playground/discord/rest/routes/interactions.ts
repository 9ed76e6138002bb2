import {
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
} from 'discord-api-spec/zod';
import type { Core } from '../../core.ts';
import { refusals } from '../../errors.ts';
import { answerFirst } from '../../interactions/callback.ts';
import { editFollowUp, followUp, removeFollowUp, responseMessage } from '../../interactions/followUps.ts';
import type { InteractionRecord } from '../../model/records.ts';
import type { MessageBody } from '../../validation/messages.ts';
import { checked } from '../../validation/schema.ts';
import { messagePayload } from '../../wire/message.ts';
import { withoutNulls } from '../../wire/nulls.ts';
import type { Allowance } from '../rateLimits.ts';
import { type ApiRequest, interactionRoute, type Route } from '../route.ts';

/** Observed for webhooks, not documented. */
const WEBHOOK: Allowance = { requests: 5, milliseconds: 2_000 };
/** developer docs, "Receiving and Responding", "Followup Messages". */
const TOKEN_LIVES_MS = 15 * 60_000;

/** Answers to interactions and what comes after them ("Receiving and Responding"). */
export const interactionRoutes: readonly Route[] = [
  interactionRoute('POST /interactions/:interaction/:token/callback', answerFirst, 'exempt'),
  interactionRoute(
    'POST /webhooks/:application/:token',
    (core, request) => {
      const interaction = openInteraction(core, request);
      const body = checked<MessageBody>(IncomingWebhookRequestPartialSchema, request.body ?? {});
      const message = followUp(core, interaction, withoutNulls(body), request.files);
      return { status: 200, body: messagePayload(core, message) };
    },
    WEBHOOK,
  ),
  interactionRoute(
    'GET /webhooks/:application/:token/messages/:message',
    (core, request) => {
      const interaction = openInteraction(core, request);
      const { message } = responseMessage(core, interaction, request.params.get('message'));
      return { status: 200, body: messagePayload(core, message) };
    },
    WEBHOOK,
  ),
  interactionRoute(
    'PATCH /webhooks/:application/:token/messages/:message',
    (core, request) => {
      const interaction = openInteraction(core, request);
      // discord.js sends `tts` with edits too; Discord takes no notice.
      const body = checked<MessageBody>(IncomingWebhookUpdateRequestPartialSchema, request.body ?? {}, {
        alsoTaken: ['tts'],
      });
      const message = editFollowUp(core, interaction, request.params.get('message'), body, request.files);
      return { status: 200, body: messagePayload(core, message) };
    },
    WEBHOOK,
  ),
  interactionRoute(
    'DELETE /webhooks/:application/:token/messages/:message',
    (core, request) => {
      removeFollowUp(core, openInteraction(core, request), request.params.get('message'));
      return { status: 204 };
    },
    WEBHOOK,
  ),
];

/**
 * The interaction behind a webhook's token.
 *
 * @throws ApiError 10015 while it was not answered or never was, 50027 after 15 minutes
 */
function openInteraction(core: Core, { params }: ApiRequest): InteractionRecord {
  const interaction = core.directory.interactions.get(params.get('token'));
  if (params.get('application') !== core.applicationId || !interaction) throw refusals.unknownWebhook();
  if (core.now() > interaction.createdAt + TOKEN_LIVES_MS) throw refusals.expiredToken();
  if (interaction.state !== 'answered') throw refusals.unknownWebhook();
  return interaction;
}
