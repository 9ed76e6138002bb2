import type { Core } from '../core.ts';
import { userPayload } from './user.ts';

/** The application that the bot belongs to ("Application Object"). */
export function applicationPayload(core: Core) {
  const bot = core.directory.users.get(core.applicationId);
  return {
    id: core.applicationId,
    name: core.applicationName,
    icon: null,
    description: '',
    type: null,
    flags: 0,
    flags_new: '0',
    ...(bot ? { bot: userPayload(bot) } : {}),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userPayload({
      id: core.developerId,
      name: 'developer',
      bot: false,
      locale: 'en-US',
      acceptsDirectMessages: true,
    }),
    approximate_guild_count: core.directory.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
