import { CreatePrivateChannelRequestSchema } from 'discord-api-spec/zod';
import type { Core } from '../../core.ts';
import { refusals } from '../../errors.ts';
import { openDirectChannel } from '../../model/direct.ts';
import { checked } from '../../validation/schema.ts';
import { applicationPayload } from '../../wire/application.ts';
import { directChannelPayload } from '../../wire/channel.ts';
import { guildPayload } from '../../wire/guild.ts';
import { userPayload } from '../../wire/user.ts';
import { type Route, route } from '../route.ts';

/** The gateway's address, the bot's own account, other users, direct messages. */
export const accountRoutes: readonly Route[] = [
  route('GET /gateway', (core) => ({ status: 200, body: { url: gatewayUrl(core) } })),
  route('GET /gateway/bot', (core) => ({
    status: 200,
    body: { url: gatewayUrl(core), shards: 1, session_start_limit: core.gateway.startLimit },
  })),
  route('GET /applications/@me', (core) => ({ status: 200, body: applicationPayload(core) })),
  route('GET /oauth2/applications/@me', (core) => ({ status: 200, body: applicationPayload(core) })),
  route('GET /applications/:application/emojis', () => ({ status: 200, body: { items: [] } })),
  route('GET /applications/:application/entitlements', () => ({ status: 200, body: [] })),
  route('GET /applications/:application/skus', () => ({ status: 200, body: [] })),
  route('GET /sticker-packs', () => ({ status: 200, body: { sticker_packs: [] } })),
  route('GET /users/@me', (core) => ({
    status: 200,
    body: {
      ...userPayload(userOf(core, core.applicationId)),
      mfa_enabled: true,
      locale: 'en-US',
      verified: true,
      email: null,
    },
  })),
  route('GET /users/@me/guilds', (core) => ({
    status: 200,
    body: [...core.directory.guilds.values()]
      .filter((guild) => guild.members.has(core.applicationId))
      .map(guildPayload),
  })),
  route('GET /users/:user', (core, { params }) => ({
    status: 200,
    body: userPayload(userOf(core, params.get('user'))),
  })),
  route('POST /users/@me/channels', (core, { body }) => {
    const { recipient_id: userId } = checked<{ recipient_id?: string }>(
      CreatePrivateChannelRequestSchema,
      body,
    );
    const user = userOf(core, userId ?? '');
    return { status: 200, body: directChannelPayload(core, openDirectChannel(core, user.id)) };
  }),
];

function gatewayUrl(core: Core): string {
  return `${core.url.replace('http', 'ws')}/gateway`;
}

/** @throws ApiError 10013 when there is none */
function userOf(core: Core, userId: string) {
  const user = core.directory.users.get(userId);
  if (!user) throw refusals.unknownUser();
  return user;
}
