import { ChannelType } from 'discord-api-types/v10';
import { CommandRegistry } from './commands.ts';
import type { Core } from './core.ts';
import { Deadlines } from './deadlines.ts';
import { Faults } from './faults.ts';
import { type DropOptions, Gateway } from './gateway/gateway.ts';
import { Listener, type PageHandler } from './http/listener.ts';
import { Log, type LogEntry, type Refusal } from './log.ts';
import { openDirectChannel } from './model/direct.ts';
import { Directory } from './model/directory.ts';
import {
  addChannel,
  addMember,
  deleteGuild,
  joinGuild,
  leaveGuild,
  putRole,
  removeChannel,
  removeMember,
  removeOverwrite,
  setAvailable,
  setOverwrite,
  setRoles,
  timeOut,
} from './model/guilds.ts';
import { createMessage } from './model/messages.ts';
import { NonceMemory } from './model/nonces.ts';
import { bits, type PermissionName, USUAL_PERMISSIONS } from './model/permissions.ts';
import { type Places, putPlaces, readPlaces } from './model/places.ts';
import type {
  ChannelRecord,
  DirectChannelRecord,
  GuildChannelRecord,
  GuildChannelType,
  GuildRecord,
  MemberRecord,
  MessageRecord,
  OverwriteRecord,
  RoleRecord,
  UserRecord,
} from './model/records.ts';
import { Seat } from './people/seat.ts';
import { Api, type Counters } from './rest/api.ts';
import { RateLimits } from './rest/rateLimits.ts';
import { accountRoutes } from './rest/routes/account.ts';
import { commandRoutes } from './rest/routes/commands.ts';
import { guildRoutes } from './rest/routes/guilds.ts';
import { interactionRoutes } from './rest/routes/interactions.ts';
import { messageRoutes } from './rest/routes/messages.ts';
import { snowflakeSource } from './snowflake.ts';
import { type WaitOptions, waitFor } from './waiting.ts';
import { messagePayload } from './wire/message.ts';

/** How a {@link LoopbackDiscord} is started. All of it has a default. */
export interface LoopbackOptions {
  /** 0, the default, is any free one. */
  readonly port?: number;
  /** The time in milliseconds since 1970; the machine's own by default. */
  readonly now?: () => number;
  /** Whether Discord's rate limits are kept; on by default. */
  readonly rateLimits?: boolean;
  /** Privileged intents that the bot's owner switched on; none by default, as with a new application. */
  readonly privilegedIntents?: number;
  /** What the bot has to log in with. */
  readonly token?: string;
  readonly applicationId?: string;
  readonly applicationName?: string;
  /**
   * How long the bot may take for its first answer, in milliseconds. Discord's own three seconds by default; a test of
   * what is answered, not of how fast, gives a slow machine more.
   */
  readonly answerWithin?: number;
  /** How many log entries are kept; all by default. */
  readonly logLimit?: number;
}

/** Something with an id, or the id itself. */
export type Reference = string | { readonly id: string };

/** Allowed and denied permissions of a role or a member in a channel. */
export interface OverwriteOptions {
  readonly allow?: readonly PermissionName[];
  readonly deny?: readonly PermissionName[];
}

/** "Receiving and Responding", "Responding to an Interaction". */
const ANSWER_WITHIN = 3_000;

const APPLICATION_ID = '1100000000000000001';
const DEVELOPER_ID = '1100000000000000002';

/**
 * Discord on loopback: REST and gateway version 10, enough of them that an unmodified discord.js runs against it, and a
 * way to do what people do in a Discord client. Everything lives in memory and outlives the bot's restarts.
 */
export class LoopbackDiscord {
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly #core: Core;
  readonly #listener: Listener;
  readonly #api: Api;

  private constructor(core: Core, listener: Listener, api: Api, faults: Faults, rateLimits: RateLimits) {
    this.#core = core;
    this.#listener = listener;
    this.#api = api;
    this.faults = faults;
    this.rateLimits = rateLimits;
  }

  /** Starts it on 127.0.0.1. @throws Error with code `EADDRINUSE` when the port is taken */
  static async start(options: LoopbackOptions = {}): Promise<LoopbackDiscord> {
    const { now = Date.now, applicationId = APPLICATION_ID, applicationName = 'Forgeling' } = options;
    const listener = new Listener();
    const port = await listener.open(options.port ?? 0);
    const log = new Log(now, options.logLimit);
    const nextId = snowflakeSource(now);
    const gateway = new Gateway(options.privilegedIntents ?? 0);
    const core: Core = {
      now,
      nextId,
      log,
      gateway,
      applicationId,
      applicationName,
      answerWithin: options.answerWithin ?? ANSWER_WITHIN,
      directory: new Directory(),
      deadlines: new Deadlines(now),
      commands: new CommandRegistry(applicationId, nextId, log),
      nonces: new NonceMemory(now),
      token: options.token ?? `${Buffer.from(applicationId).toString('base64url')}.loopback.not-a-secret`,
      developerId: DEVELOPER_ID,
      url: `http://127.0.0.1:${port}`,
    };
    gateway.serve(core);
    const faults = new Faults();
    const rateLimits = new RateLimits(now, options.rateLimits ?? true);
    const api = new Api(core, ROUTES, rateLimits, faults);
    listener.serve(core, api);
    const bot = {
      id: applicationId,
      name: applicationName,
      bot: true,
      locale: 'en-US',
      acceptsDirectMessages: false,
    };
    core.directory.users.set(bot.id, bot);
    return new LoopbackDiscord(core, listener, api, faults, rateLimits);
  }

  /** Such as `http://127.0.0.1:4321`. */
  get url(): string {
    return this.#core.url;
  }

  /** What a bot takes for `rest.api` (`DISCORD_API_URL`). */
  get apiUrl(): string {
    return `${this.#core.url}/api`;
  }

  get token(): string {
    return this.#core.token;
  }

  get applicationId(): string {
    return this.#core.applicationId;
  }

  /** The bot's user. */
  get bot(): UserRecord {
    return this.#user(this.#core.applicationId);
  }

  /** Everything that happened, oldest first. */
  get log(): Log {
    return this.#core.log;
  }

  /** What the bot sent that Discord would not have taken: bodies that break rules, routes that do not exist. */
  get refusals(): readonly Refusal[] {
    return this.#api.refused;
  }

  /** How many requests, 429s and invalid answers there were. */
  get counters(): Readonly<Counters> {
    return this.#api.counters;
  }

  /** Whether a bot is connected to the gateway and identified. */
  get connected(): boolean {
    return this.#core.gateway.connected;
  }

  /** People, servers, channels and messages, to look at. */
  get directory(): Directory {
    return this.#core.directory;
  }

  /** The registered commands: of a server, or the global ones. */
  commands(guild?: Reference) {
    return this.#core.commands.list(guild === undefined ? undefined : idOf(guild));
  }

  /** Stops listening and forgets everything. */
  async stop(): Promise<void> {
    this.faults.clear();
    this.#core.deadlines.clear();
    this.#core.gateway.stop();
    await this.#listener.close();
  }

  /** Serves a page under every path that is not Discord's. */
  servePage(page: PageHandler): void {
    this.#listener.servePage(page);
  }

  /** Runs the deadlines that an injected clock has passed. */
  settle(): void {
    this.#core.deadlines.settle();
  }

  // People and places

  addUser(options: {
    readonly name: string;
    readonly id?: string;
    readonly locale?: string;
    readonly acceptsDirectMessages?: boolean;
    /** Somebody else's bot. */
    readonly bot?: boolean;
  }): UserRecord {
    const { name, id = this.#core.nextId(), locale = 'en-US' } = options;
    const { acceptsDirectMessages = true, bot = false } = options;
    const user: UserRecord = { id, name, locale, acceptsDirectMessages, bot };
    this.directory.users.set(id, user);
    this.log.append({ kind: 'place', what: 'person added', id });
    return user;
  }

  /** A server with the owner as a member, and the bot too unless `withBot` is false. */
  addGuild(options: {
    readonly name: string;
    readonly owner: Reference;
    readonly id?: string;
    readonly locale?: string;
    readonly withBot?: boolean;
    /** What the role that Discord makes for the bot grants, beyond what everyone may. */
    readonly botPermissions?: readonly PermissionName[];
  }): GuildRecord {
    const { name, owner, id = this.#core.nextId(), locale = 'en-US', withBot = true } = options;
    const guild: GuildRecord = {
      id,
      name,
      locale,
      ownerId: idOf(owner),
      systemChannelId: null,
      roles: new Map(),
      members: new Map(),
    };
    guild.roles.set(id, everyoneRole(id));
    guild.members.set(guild.ownerId, this.#member(guild.ownerId, []));
    this.directory.guilds.set(id, guild);
    if (withBot) this.addBot(guild, options.botPermissions);
    else this.log.append({ kind: 'place', what: 'server added', id });
    return guild;
  }

  /** Invites the bot to a server (again). */
  addBot(guild: Reference, permissions: readonly PermissionName[] = []): void {
    const record = this.#guild(guild);
    const role: RoleRecord = {
      id: (BigInt(record.id) + 1n).toString(),
      guildId: record.id,
      name: this.#core.applicationName,
      position: 1,
      color: 0,
      managed: true,
      mentionable: false,
      permissions: bits(permissions),
    };
    record.roles.set(role.id, role);
    record.members.set(this.applicationId, this.#member(this.applicationId, [role.id]));
    joinGuild(this.#core, record);
  }

  /** The bot is thrown out of a server. */
  removeGuild(guild: Reference): void {
    leaveGuild(this.#core, this.#guild(guild));
  }

  /** Lets the gateway say that a server is out of sight, as in an outage, or back. What is asked about it is answered. */
  setAvailable(guild: Reference, isAvailable: boolean): void {
    setAvailable(this.#core, this.#guild(guild), isAvailable);
  }

  /** Deletes a server, with its channels. */
  deleteGuild(guild: Reference): void {
    deleteGuild(this.#core, this.#guild(guild));
  }

  addMember(
    guild: Reference,
    user: Reference,
    options: { readonly roles?: readonly Reference[]; readonly nick?: string } = {},
  ): MemberRecord {
    const member = this.#member(idOf(user), (options.roles ?? []).map(idOf), options.nick);
    addMember(this.#core, this.#guild(guild), member);
    return member;
  }

  /** Somebody leaves a server. */
  removeMember(guild: Reference, user: Reference): void {
    const record = this.#guild(guild);
    removeMember(this.#core, record, this.#memberOf(record, user));
  }

  /** Times somebody out, or takes that back with null. */
  timeOut(guild: Reference, user: Reference, until: number | null): void {
    const record = this.#guild(guild);
    timeOut(this.#core, record, this.#memberOf(record, user), until);
  }

  /** Gives somebody these roles, and no others. */
  setMemberRoles(guild: Reference, user: Reference, roles: readonly Reference[]): void {
    const record = this.#guild(guild);
    setRoles(this.#core, record, this.#memberOf(record, user), roles.map(idOf));
  }

  addRole(
    guild: Reference,
    options: {
      readonly name: string;
      readonly permissions?: readonly PermissionName[];
      readonly id?: string;
      readonly color?: number;
      readonly position?: number;
      readonly mentionable?: boolean;
    },
  ): RoleRecord {
    const record = this.#guild(guild);
    const { name, permissions = [], id = this.#core.nextId(), color = 0, mentionable = false } = options;
    const role: RoleRecord = {
      id,
      guildId: record.id,
      name,
      color,
      mentionable,
      managed: false,
      position: options.position ?? record.roles.size,
      permissions: bits(permissions),
    };
    putRole(this.#core, record, role);
    return role;
  }

  /** Changes what a role may do; `everyone` is the role with the server's own id. */
  setRolePermissions(guild: Reference, role: Reference, permissions: readonly PermissionName[]): void {
    const record = this.#guild(guild);
    const existing = record.roles.get(idOf(role));
    if (!existing) throw new Error(`there is no role ${idOf(role)} in ${record.name}`);
    existing.permissions = bits(permissions);
    putRole(this.#core, record, existing);
  }

  addChannel(
    guild: Reference,
    options: {
      readonly name: string;
      readonly id?: string;
      readonly topic?: string;
      readonly type?: GuildChannelType;
    },
  ): GuildChannelRecord {
    const record = this.#guild(guild);
    const { name, id = this.#core.nextId(), topic = null, type = ChannelType.GuildText } = options;
    const channel: GuildChannelRecord = {
      kind: 'guild',
      type,
      id,
      guildId: record.id,
      name,
      topic,
      position: this.directory.guildChannels(record.id).length,
      overwrites: new Map(),
      messages: new Map(),
      lastMessageId: null,
    };
    addChannel(this.#core, channel);
    return channel;
  }

  /** Chooses the channel in which Discord greets who joins; the bot learns of it when it joins the server. */
  setSystemChannel(channel: Reference): void {
    const { id, guildId } = this.#guildChannel(channel);
    this.#guild(guildId).systemChannelId = id;
  }

  removeChannel(channel: Reference): void {
    removeChannel(this.#core, this.#guildChannel(channel));
  }

  /** Allows and denies a role or a person (or the bot: `discord.bot`) something in a channel. */
  setOverwrite(channel: Reference, target: Reference, { allow = [], deny = [] }: OverwriteOptions): void {
    const record = this.#guildChannel(channel);
    const id = idOf(target);
    const isRole = this.#guild(record.guildId).roles.has(id);
    const overwrite: OverwriteRecord = { id, type: isRole ? 0 : 1, allow: bits(allow), deny: bits(deny) };
    setOverwrite(this.#core, record, overwrite);
  }

  removeOverwrite(channel: Reference, target: Reference): void {
    removeOverwrite(this.#core, this.#guildChannel(channel), idOf(target));
  }

  /** Opens or closes a person's direct messages to the bot. */
  setDirectMessages(user: Reference, open: boolean): void {
    const { id } = this.#user(idOf(user));
    this.#user(id).acceptsDirectMessages = open;
    this.log.append({ kind: 'place', what: `direct messages ${open ? 'opened' : 'closed'}`, id });
  }

  /** The direct messages between the bot and a person. */
  directChannel(user: Reference): DirectChannelRecord {
    return openDirectChannel(this.#core, this.#user(idOf(user)).id);
  }

  /** Who and what there is, without what was said. */
  get places(): Places {
    return readPlaces(this.#core);
  }

  /** Puts kept servers and channels in place of those there are, before a bot is there; people are added. */
  putPlaces(places: Places): void {
    putPlaces(this.#core, places);
  }

  // What people do

  /**
   * A person in a channel: `discord.as(mira, workshop).command('/craft', { recipe: 'iron_sword' })`.
   *
   * @throws ClientRefusal when the person does not see the channel
   */
  as(user: Reference, channel: Reference): Seat {
    return new Seat(this.#core, this.#user(idOf(user)), this.#channel(channel));
  }

  /** What another service writes into a channel through a webhook. */
  postByWebhook(channel: Reference, { name, content }: { name: string; content: string }): MessageRecord {
    const id = this.#core.nextId();
    this.directory.users.set(id, {
      id,
      name,
      bot: true,
      webhook: true,
      locale: 'en-US',
      acceptsDirectMessages: false,
    });
    const target = this.#channel(channel);
    return createMessage(this.#core, {
      channel: target,
      authorId: id,
      body: { content },
      files: [],
      flags: 0,
    });
  }

  // Faults of the gateway

  /** Closes the bot's gateway connection; by default with a code after which the bot resumes. */
  dropGateway(options: DropOptions = {}): void {
    this.#core.gateway.drop(options);
  }

  /** Asks the bot to reconnect and resume, as Discord does when it restarts a gateway. */
  askToReconnect(): void {
    this.#core.gateway.askToReconnect();
  }

  /** Turns new gateway connections away, or lets them in again. */
  refuseGateway(refusing: boolean): void {
    this.#core.gateway.refusing = refusing;
  }

  // Waiting

  /** A point in the log: what happens from here on has a greater `seq`. */
  mark(): number {
    return this.log.entries.at(-1)?.seq ?? 0;
  }

  /** Waits until `find` returns something; asks at once and after everything that happens. */
  waitFor<Found>(find: () => Found | undefined | null | false, options: WaitOptions = {}): Promise<Found> {
    return waitFor(this.log, find, options);
  }

  /** Waits for something in the log, from a {@link mark} on. */
  waitForEntry(
    matches: (entry: LogEntry) => boolean,
    { after = 0, ...options }: WaitOptions & { readonly after?: number } = {},
  ): Promise<LogEntry> {
    return this.waitFor(() => this.log.entries.find((entry) => entry.seq > after && matches(entry)), options);
  }

  /** Waits for a message in a channel that is not one of the ephemeral ones, also among those that are there. */
  waitForMessage(
    channel: Reference,
    matches: (message: MessageRecord) => boolean = () => true,
    options: WaitOptions = {},
  ): Promise<MessageRecord> {
    const find = () => this.messages(channel).find(matches);
    return this.waitFor(find, { what: `a message in ${idOf(channel)}`, ...options });
  }

  /**
   * Waits until a bot is connected and has registered commands since it connected.
   *
   * @param after counts only what happened after a {@link mark}: for a bot that is started again
   */
  async whenReady({ after = 0, ...options }: WaitOptions & { readonly after?: number } = {}): Promise<void> {
    await this.waitFor(() => this.connected && this.#registeredSinceStart(after), {
      what: 'the bot being ready',
      ...options,
    });
  }

  /** Waits until no bot is connected. */
  async whenGone(options: WaitOptions = {}): Promise<void> {
    await this.waitFor(() => !this.connected, { what: 'the bot being gone', ...options });
  }

  /** What everybody in a channel sees, oldest first. As one person sees it: `discord.as(person, channel).messages`. */
  messages(channel: Reference): MessageRecord[] {
    const record = this.directory.channels.get(idOf(channel));
    return [...(record?.messages.values() ?? [])].filter(({ visibleTo }) => visibleTo === null);
  }

  /** A message as Discord's REST answers it: to the bot, or to somebody else. */
  payload(message: MessageRecord, reader: Reference = this.applicationId) {
    return messagePayload(this.#core, message, idOf(reader));
  }

  #registeredSinceStart(after: number): boolean {
    const start = this.log.entries.findLast(
      (entry) => entry.kind === 'gateway' && entry.what === 'identified',
    );
    if (!start || start.seq <= after) return false;
    return this.log.entries.some(({ kind, seq }) => kind === 'commands' && seq > after);
  }

  #member(userId: string, roleIds: readonly string[], nick?: string): MemberRecord {
    return {
      userId,
      roleIds: new Set(roleIds),
      joinedAt: this.#core.now(),
      nick: nick ?? null,
      timedOutUntil: null,
    };
  }

  #memberOf(guild: GuildRecord, user: Reference): MemberRecord {
    const member = guild.members.get(idOf(user));
    if (!member) throw new Error(`${idOf(user)} is not in ${guild.name}`);
    return member;
  }

  #user(id: string): UserRecord {
    const user =
      this.directory.users.get(id) ?? [...this.directory.users.values()].find(({ name }) => name === id);
    if (!user) throw new Error(`there is nobody with the id or name ${id}`);
    return user;
  }

  #guild(reference: Reference): GuildRecord {
    const guild = this.directory.guilds.get(idOf(reference));
    if (!guild) throw new Error(`there is no server ${idOf(reference)}`);
    return guild;
  }

  #channel(reference: Reference): ChannelRecord {
    const channel = this.directory.channels.get(idOf(reference));
    if (!channel) throw new Error(`there is no channel ${idOf(reference)}`);
    return channel;
  }

  #guildChannel(reference: Reference): GuildChannelRecord {
    const channel = this.#channel(reference);
    if (channel.kind !== 'guild') throw new Error(`${channel.id} is a direct message channel`);
    return channel;
  }
}

const ROUTES = [...accountRoutes, ...guildRoutes, ...messageRoutes, ...commandRoutes, ...interactionRoutes];

/** The role of everybody has the server's id ("Role Object"). */
function everyoneRole(guildId: string): RoleRecord {
  return {
    id: guildId,
    guildId,
    name: '@everyone',
    position: 0,
    color: 0,
    managed: false,
    mentionable: false,
    permissions: USUAL_PERMISSIONS,
  };
}

function idOf(reference: Reference): string {
  return typeof reference === 'string' ? reference : reference.id;
}
