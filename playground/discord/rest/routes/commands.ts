import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { Core } from '../../core.ts';
import { refusals } from '../../errors.ts';
import { botGuild } from '../access.ts';
import { type ApiRequest, type Route, route } from '../route.ts';

/** Registering commands (developer docs, "Application Commands", "Endpoints"): the same for a server and for all. */
export const commandRoutes: readonly Route[] = (
  ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'] as const
).flatMap((path) => [
  route(`GET ${path}`, (core, request) => {
    const commands = core.commands.list(scope(core, request));
    const localized = request.query.get('with_localizations') === 'true';
    return { status: 200, body: localized ? commands : commands.map(withoutLocalizations) };
  }),
  route(`POST ${path}`, (core, request) => {
    const { created, command } = core.commands.create(request.body, scope(core, request));
    return { status: created ? 201 : 200, body: command };
  }),
  route(`PUT ${path}`, (core, request) => ({
    status: 200,
    body: core.commands.overwrite(request.body, scope(core, request)),
  })),
  route(`GET ${path}/:command`, (core, request) => ({
    status: 200,
    body: core.commands.get(request.params.get('command'), scope(core, request)),
  })),
  route(`PATCH ${path}/:command`, (core, request) => ({
    status: 200,
    body: core.commands.patch(request.params.get('command'), request.body, scope(core, request)),
  })),
  route(`DELETE ${path}/:command`, (core, request) => {
    core.commands.remove(request.params.get('command'), scope(core, request));
    return { status: 204 };
  }),
]);

/** @throws ApiError 10002 for another application, 10004 or 50001 for a server that the bot is not in */
function scope(core: Core, { params }: ApiRequest): string | undefined {
  if (params.get('application') !== core.applicationId) throw refusals.unknownApplication();
  const guildId = params.find('guild');
  return guildId === undefined ? undefined : botGuild(core, guildId).guild.id;
}

function withoutLocalizations({
  name_localizations: _names,
  description_localizations: _descriptions,
  ...command
}: APIApplicationCommand) {
  return command;
}
