import type { APIApplicationCommand } from 'discord-api-types/v10';
import { refusals } from './errors.ts';
import type { Log } from './log.ts';
import { type CommandBody, checkedCommand, checkedCommands, patchedCommand } from './validation/commands.ts';

/** Chat-input commands of one scope (developer docs, "Application Commands", "Registering a Command"). */
const MOST_COMMANDS = 100;
const CHAT_INPUT = 1;

interface Registered {
  readonly body: CommandBody;
  readonly payload: APIApplicationCommand;
}

/** The commands of the application, global and per server. */
export class CommandRegistry {
  readonly #applicationId: string;
  readonly #nextId: () => string;
  readonly #log: Log;
  /** By scope: a server's id, or `undefined` for the global ones. */
  readonly #scopes = new Map<string | undefined, Map<string, Registered>>();

  constructor(applicationId: string, nextId: () => string, log: Log) {
    this.#applicationId = applicationId;
    this.#nextId = nextId;
    this.#log = log;
  }

  /** The commands of one scope, as Discord answers them. */
  list(guildId?: string): APIApplicationCommand[] {
    return [...this.#scope(guildId).values()].map(({ payload }) => payload);
  }

  /** Those that can be used in a server (its own hide global ones of the same name), or in direct messages. */
  usableIn(guildId: string | null): APIApplicationCommand[] {
    const own = guildId === null ? [] : this.list(guildId);
    const hidden = new Set(own.map(({ name, type }) => `${type}/${name}`));
    return [...own, ...this.list().filter(({ name, type }) => !hidden.has(`${type}/${name}`))];
  }

  /** @throws ApiError 10063 when there is none with this id */
  get(id: string, guildId?: string): APIApplicationCommand {
    return this.#registered(id, guildId).payload;
  }

  /**
   * Adds a command, or replaces the one of the same name and type.
   *
   * @throws ApiError 50035 for a bad body, 30032 above the limit
   */
  create(
    body: unknown,
    guildId?: string,
  ): { readonly created: boolean; readonly command: APIApplicationCommand } {
    const command = checkedCommand(body);
    const scope = this.#scope(guildId);
    const existing = this.#sameName(command, guildId);
    if (!existing && countChatInput(scope) >= MOST_COMMANDS && typeOf(command) === CHAT_INPUT) {
      throw refusals.tooManyCommands();
    }
    const registered = this.#register(command, guildId, existing?.payload.id);
    scope.set(registered.payload.id, registered);
    this.#tell(guildId);
    return { created: !existing, command: registered.payload };
  }

  /**
   * Replaces all commands of a scope; those whose name and type stay keep their id.
   *
   * @throws ApiError 50035 for a bad body, 30032 above the limit
   */
  overwrite(body: unknown, guildId?: string): APIApplicationCommand[] {
    const commands = checkedCommands(body);
    if (commands.filter((command) => typeOf(command) === CHAT_INPUT).length > MOST_COMMANDS) {
      throw refusals.tooManyCommands();
    }
    const registered = commands.map((command) =>
      this.#register(command, guildId, this.#sameName(command, guildId)?.payload.id),
    );
    this.#scopes.set(guildId, new Map(registered.map((entry) => [entry.payload.id, entry])));
    this.#tell(guildId);
    return this.list(guildId);
  }

  /** @throws ApiError 50035 for a bad body, 10063 when there is none with this id */
  patch(id: string, body: unknown, guildId?: string): APIApplicationCommand {
    const command = patchedCommand(this.#registered(id, guildId).body, body);
    const registered = this.#register(command, guildId, id);
    this.#scope(guildId).set(id, registered);
    this.#tell(guildId);
    return registered.payload;
  }

  /** @throws ApiError 10063 when there is none with this id */
  remove(id: string, guildId?: string): void {
    this.#registered(id, guildId);
    this.#scope(guildId).delete(id);
    this.#tell(guildId);
  }

  #register(body: CommandBody, guildId: string | undefined, id = this.#nextId()): Registered {
    return { body, payload: payloadOf(body, id, this.#nextId(), this.#applicationId, guildId) };
  }

  #registered(id: string, guildId: string | undefined): Registered {
    const registered = this.#scope(guildId).get(id);
    if (!registered) throw refusals.unknownCommand();
    return registered;
  }

  #sameName(command: CommandBody, guildId: string | undefined): Registered | undefined {
    return [...this.#scope(guildId).values()].find(
      ({ body }) => body.name === command.name && typeOf(body) === typeOf(command),
    );
  }

  #scope(guildId: string | undefined): Map<string, Registered> {
    const scope = this.#scopes.get(guildId) ?? new Map<string, Registered>();
    this.#scopes.set(guildId, scope);
    return scope;
  }

  #tell(guildId: string | undefined): void {
    const names = this.list(guildId).map(({ name }) => name);
    this.#log.append({ kind: 'commands', names, ...(guildId === undefined ? {} : { guildId }) });
  }
}

function countChatInput(scope: ReadonlyMap<string, Registered>): number {
  return [...scope.values()].filter(({ body }) => typeOf(body) === CHAT_INPUT).length;
}

function typeOf(command: CommandBody): number {
  return command.type ?? CHAT_INPUT;
}

/** A command as Discord answers it ("Application Command Structure"). */
function payloadOf(
  body: CommandBody,
  id: string,
  version: string,
  applicationId: string,
  guildId: string | undefined,
): APIApplicationCommand {
  const permissions = body.default_member_permissions ?? null;
  const payload = {
    id,
    application_id: applicationId,
    version,
    type: typeOf(body),
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: permissions === null ? null : String(permissions),
    dm_permission: body.dm_permission ?? true,
    contexts: body.contexts ?? null,
    integration_types: body.integration_types ?? [0],
    nsfw: body.nsfw ?? false,
    ...(body.options?.length ? { options: body.options } : {}),
    ...(guildId === undefined ? {} : { guild_id: guildId }),
  };
  // The body was checked; the enumerations of discord-api-types are plain numbers on the wire.
  return payload as unknown as APIApplicationCommand;
}
