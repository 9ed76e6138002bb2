import {
  GatewayCloseCodes as Close,
  type GatewayIdentifyData,
  type GatewayRequestGuildMembersData,
  type GatewayResumeData,
  GatewayOpcodes as Op,
} from 'discord-api-types/v10';
import type { RawData, WebSocket } from 'ws';
import type { Core } from '../core.ts';
import { guildCreatePayload, memberPayload } from '../wire/guild.ts';
import { userPayload } from '../wire/user.ts';
import { isTold, PRIVILEGED_INTENTS } from './intents.ts';
import { Session } from './session.ts';

const HEARTBEAT_INTERVAL = 41_250;
/** developer docs, "Gateway", "Rate Limiting" and "Sending Events". */
const MOST_SENT_PER_MINUTE = 120;
const MOST_BYTES_SENT = 4_096;
/** developer docs, "Session Start Limit Object". */
const STARTS_PER_DAY = 1_000;
/** The bot says with these that it will not come back to its session. */
const FAREWELLS: readonly number[] = [1000, 1001];

/** An event for the bot; `data` may depend on the intents of who gets it. */
export interface Dispatch {
  readonly event: string;
  /** `null` for what happens in direct messages. */
  readonly guildId: string | null;
  readonly data: unknown | ((intents: number) => unknown);
}

/** How the gateway lets go of the bot. */
export interface DropOptions {
  /** The code that the bot's connection is closed with; `'abort'` cuts it without a word. */
  readonly code?: number | 'abort';
  /** Whether the bot may go on with its session. */
  readonly resumable?: boolean;
}

/** Discord's gateway, version 10, JSON in text frames (developer docs, "Gateway"). */
export class Gateway {
  /** New connections are turned away while this is set. */
  refusing = false;
  readonly #privilegedIntents: number;
  #core: Core | undefined;
  readonly #sessions = new Map<string, Session>();
  readonly #connections = new Map<WebSocket, Session | undefined>();
  #starts = 0;

  /** @param privilegedIntents those that the bot's owner has switched on */
  constructor(privilegedIntents: number) {
    this.#privilegedIntents = privilegedIntents;
  }

  /** Gives the gateway what it tells of. */
  serve(core: Core): void {
    this.#core = core;
  }

  /** Whether a bot is connected and past its READY. */
  get connected(): boolean {
    return [...this.#connections.values()].some((session) => session !== undefined);
  }

  /** `GET /gateway/bot`. */
  get startLimit() {
    return {
      total: STARTS_PER_DAY,
      remaining: Math.max(0, STARTS_PER_DAY - this.#starts),
      reset_after: 86_400_000,
      max_concurrency: 1,
    };
  }

  /** Sends an event to every session that is told of it; who is away gets it with the resume. */
  dispatch({ event, guildId, data }: Dispatch): void {
    const told = [...this.#sessions.values()].filter(
      (session) => session.serves(guildId) && isTold(event, session.intents, guildId !== null),
    );
    for (const session of told)
      session.dispatch(event, typeof data === 'function' ? data(session.intents) : data);
    this.#server.log.append({
      kind: 'dispatch',
      event,
      sessions: told.length,
      data: typeof data === 'function' ? data(PRIVILEGED_INTENTS) : data,
      ...(guildId === null ? {} : { guildId }),
    });
  }

  /** Closes the bot's connections. */
  drop({ code = 4000, resumable = true }: DropOptions = {}): void {
    if (!resumable) this.#sessions.clear();
    for (const socket of [...this.#connections.keys()]) {
      if (code === 'abort') socket.terminate();
      else socket.close(code);
    }
  }

  /** Asks the bot to connect again, politely (opcode 7). */
  askToReconnect(): void {
    for (const socket of this.#connections.keys()) send(socket, { op: Op.Reconnect, d: null });
  }

  /** Ends everything, without a resume. */
  stop(): void {
    this.#sessions.clear();
    for (const socket of this.#connections.keys()) socket.terminate();
  }

  /** Takes over a connection that was just opened. */
  accept(socket: WebSocket): void {
    const sentAt: number[] = [];
    this.#connections.set(socket, undefined);
    this.#server.log.append({ kind: 'gateway', what: 'connected' });
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => this.#closed(socket, code));
    socket.on('message', (data, isBinary) => {
      const code = this.#isFlooding(sentAt) ? Close.RateLimited : this.#received(socket, data, isBinary);
      if (code !== undefined) socket.close(code);
    });
    send(socket, {
      op: Op.Hello,
      s: null,
      t: null,
      d: { heartbeat_interval: HEARTBEAT_INTERVAL, _trace: [] },
    });
  }

  #isFlooding(sentAt: number[]): boolean {
    const now = this.#server.now();
    while (sentAt[0] !== undefined && sentAt[0] <= now - 60_000) sentAt.shift();
    sentAt.push(now);
    return sentAt.length > MOST_SENT_PER_MINUTE;
  }

  /** @returns the code to close the connection with, when the bot did something wrong */
  #received(socket: WebSocket, data: RawData, isBinary: boolean): Close | undefined {
    const text = data.toString();
    const frame = isBinary || text.length > MOST_BYTES_SENT ? undefined : parse(text);
    if (!frame) return Close.DecodeError;
    const session = this.#connections.get(socket);
    switch (frame.op) {
      case Op.Heartbeat:
        if (typeof frame.d === 'number') session?.acknowledge(frame.d);
        send(socket, { op: Op.HeartbeatAck });
        return undefined;
      case Op.Identify:
        // What is used of it is checked there.
        return session ? Close.AlreadyAuthenticated : this.#identify(socket, frame.d as GatewayIdentifyData);
      case Op.Resume:
        // What is used of it is checked there.
        return session ? Close.AlreadyAuthenticated : this.#resume(socket, frame.d as GatewayResumeData);
      case Op.RequestGuildMembers:
        if (!session) return Close.NotAuthenticated;
        this.#sendMembers(session, frame.d as GatewayRequestGuildMembersData); // Missing parts are tolerated.
        return undefined;
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
        return session ? undefined : Close.NotAuthenticated;
      default:
        return Close.UnknownOpcode;
    }
  }

  #identify(socket: WebSocket, data: Partial<GatewayIdentifyData> | undefined): Close | undefined {
    const intents = data?.intents;
    const [index, count] = data?.shard ?? [0, 1];
    if (data?.token !== this.#server.token) return Close.AuthenticationFailed;
    if (typeof intents !== 'number') return Close.InvalidIntents;
    if ((intents & PRIVILEGED_INTENTS & ~this.#privilegedIntents) !== 0) return Close.DisallowedIntents;
    if (index < 0 || index >= count) return Close.InvalidShard;
    this.#starts += 1;
    this.#forgetAbandoned(index);
    const session = new Session(`session-${this.#server.nextId()}`, intents, [index, count], socket);
    this.#sessions.set(session.id, session);
    this.#connections.set(socket, session);
    this.#server.log.append({ kind: 'gateway', what: 'identified', sessionId: session.id });
    this.#greet(session);
    return undefined;
  }

  #greet(session: Session): void {
    const core = this.#server;
    const guilds = [...core.directory.guilds.values()].filter(
      ({ id, members }) => session.serves(id) && members.has(core.applicationId),
    );
    const bot = core.directory.users.get(core.applicationId);
    session.dispatch('READY', {
      v: 10,
      user: { ...(bot ? userPayload(bot) : {}), mfa_enabled: true, verified: true, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: `${core.url.replace('http', 'ws')}/gateway`,
      session_type: 'normal',
      shard: session.shard,
      application: { id: core.applicationId, flags: 0 },
      private_channels: [],
      relationships: [],
      presences: [],
    });
    if (!isTold('GUILD_CREATE', session.intents, true)) return;
    for (const guild of guilds) session.dispatch('GUILD_CREATE', guildCreatePayload(core, guild));
  }

  #resume(socket: WebSocket, data: Partial<GatewayResumeData> | undefined): Close | undefined {
    if (data?.token !== this.#server.token) return Close.AuthenticationFailed;
    const session = this.#sessions.get(data?.session_id ?? '');
    if (!session?.canResumeFrom(data?.seq ?? -1)) {
      this.#server.log.append({ kind: 'gateway', what: 'invalidated' });
      send(socket, { op: Op.InvalidSession, d: false });
      return undefined;
    }
    session.socket?.terminate();
    this.#connections.set(socket, session);
    session.resume(socket, data?.seq ?? 0);
    this.#server.log.append({ kind: 'gateway', what: 'resumed', sessionId: session.id });
    return undefined;
  }

  #sendMembers(session: Session, data: Partial<GatewayRequestGuildMembersData>): void {
    const core = this.#server;
    const guild = core.directory.guilds.get(String(data?.guild_id));
    if (!guild) return;
    const wanted = data && 'user_ids' in data ? [data.user_ids ?? []].flat() : undefined;
    const members = [...guild.members.values()].filter(({ userId }) => wanted?.includes(userId) ?? true);
    session.dispatch('GUILD_MEMBERS_CHUNK', {
      guild_id: guild.id,
      members: members.map((member) => memberPayload(core, member)),
      chunk_index: 0,
      chunk_count: 1,
      not_found: wanted?.filter((id) => !guild.members.has(id)) ?? [],
      ...(data?.nonce === undefined ? {} : { nonce: data.nonce }),
    });
  }

  /** A new start of a shard makes an abandoned session of the same shard useless. */
  #forgetAbandoned(index: number): void {
    for (const session of this.#sessions.values()) {
      if (!session.socket && session.shard[0] === index) this.#sessions.delete(session.id);
    }
  }

  #closed(socket: WebSocket, code: number): void {
    const session = this.#connections.get(socket);
    this.#connections.delete(socket);
    if (session?.socket === socket) session.socket = undefined;
    if (session && FAREWELLS.includes(code)) this.#sessions.delete(session.id);
    this.#server.log.append({
      kind: 'gateway',
      what: 'closed',
      code,
      ...(session ? { sessionId: session.id } : {}),
    });
  }

  get #server(): Core {
    if (!this.#core) throw new Error('the gateway was not given what to serve');
    return this.#core;
  }
}

function parse(text: string): { readonly op: number; readonly d: unknown } | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null || !('op' in frame) || typeof frame.op !== 'number')
      return undefined;
    return { op: frame.op, d: 'd' in frame ? frame.d : undefined };
  } catch {
    return undefined;
  }
}

function send(socket: WebSocket, frame: unknown): void {
  socket.send(JSON.stringify(frame));
}
