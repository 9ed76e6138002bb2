import { GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';

/** Dispatches kept for a resume. A session that missed more has to start anew. */
const MOST_KEPT = 20_000;

interface Kept {
  readonly s: number;
  readonly frame: string;
}

/** One bot shard's session: it outlives its connection, so that what was missed can be sent again. */
export class Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [index: number, count: number];
  socket: WebSocket | undefined;
  #sequence = 0;
  #kept: Kept[] = [];
  #forgotten = 0;

  constructor(id: string, intents: number, shard: readonly [number, number], socket: WebSocket) {
    this.id = id;
    this.intents = intents;
    this.shard = shard;
    this.socket = socket;
  }

  /** Whether events of this server (or, for `null`, of direct messages) come to this shard ("Sharding"). */
  serves(guildId: string | null): boolean {
    const [index, count] = this.shard;
    return (guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count))) === index;
  }

  /** Sends an event, or keeps it for the resume while there is no connection. */
  dispatch(event: string, data: unknown): void {
    this.#sequence += 1;
    const frame = JSON.stringify({ op: Op.Dispatch, s: this.#sequence, t: event, d: data });
    this.#kept.push({ s: this.#sequence, frame });
    if (this.#kept.length > MOST_KEPT) this.#forgotten = this.#kept.shift()?.s ?? this.#forgotten;
    this.socket?.send(frame);
  }

  /** The bot has said that it has everything up to this number. */
  acknowledge(sequence: number): void {
    const first = this.#kept.findIndex(({ s }) => s > sequence);
    this.#forgotten = Math.max(this.#forgotten, Math.min(sequence, this.#sequence));
    this.#kept = first === -1 ? [] : this.#kept.slice(first);
  }

  /** Whether everything after this number can still be sent. */
  canResumeFrom(sequence: number): boolean {
    return sequence >= this.#forgotten && sequence <= this.#sequence;
  }

  /** Goes on over a new connection: what was missed, then `RESUMED`. */
  resume(socket: WebSocket, sequence: number): void {
    this.acknowledge(sequence);
    for (const { frame } of this.#kept) socket.send(frame);
    this.socket = socket;
    this.dispatch('RESUMED', {});
  }
}
