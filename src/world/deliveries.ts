import type { Database } from 'better-sqlite3';
import type { Clock } from './clock.ts';
import { describe, TransactionIsOver } from './errors.ts';
import type { DomainEvent } from './event.ts';
import { jobId, type Outbox } from './outbox.ts';

/** A failed delivery is tried this often in all; after that an operator decides. */
export const DELIVERY_ATTEMPTS = 10;

const FIRST_RETRY_AFTER = 2_000;
const LONGEST_WAIT = 60 * 60_000;
const ERROR_LENGTH = 2_000;

/** What a listener still owes an event. */
export interface Delivery {
  readonly eventId: string;
  readonly eventName: string;
  readonly guildId: string;
  readonly listener: string;
  readonly state: 'pending' | 'dead';
  readonly attempts: number;
  readonly nextAt: number;
  readonly lastError: string;
  readonly createdAt: number;
}

/** Keeps account of the listeners that failed, and when each is tried again (rule R2). */
export class Deliveries {
  readonly #clock: Clock;
  readonly #outbox: Outbox;
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, outbox: Outbox, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#outbox = outbox;
    this.#statements = prepare(database);
  }

  /** Notes that a listener failed and asks for the next try, or marks the pair dead after the last one. */
  recordFailure(event: DomainEvent, listener: string, error: unknown): void {
    const attempts = (this.find(event.id, listener)?.attempts ?? 0) + 1;
    const now = this.#clock.now();
    const nextAt = now + waitAfter(attempts);
    const state = attempts >= DELIVERY_ATTEMPTS ? 'dead' : 'pending';
    const lastError = storyOf(error).slice(0, ERROR_LENGTH);
    this.#statements.put.run({ eventId: event.id, listener, state, attempts, nextAt, lastError, now });
    if (state === 'pending') this.#requestRetry(event.id, listener, nextAt);
  }

  /** Gives a pair up: it waits for an operator from now on. */
  markDead(eventId: string, listener: string, reason: string): void {
    this.#requireTransaction();
    this.#statements.markDead.run({ eventId, listener, reason });
  }

  /** Removes a pair: the listener has succeeded, or an operator discards it. */
  remove(eventId: string, listener: string): void {
    this.#requireTransaction();
    this.#statements.remove.run(eventId, listener);
  }

  /** Gives a dead pair all its attempts again, the first one at once. */
  replay(eventId: string, listener: string): void {
    this.#requireTransaction();
    const now = this.#clock.now();
    this.#statements.revive.run({ eventId, listener, now });
    this.#requestRetry(eventId, listener, now);
  }

  /** Asks again for every next try of what is owed to the events of a server, such as one that was imported. */
  requestAgain(guildId: string): void {
    this.#requireTransaction();
    for (const { eventId, listener, nextAt } of this.#statements.pendingIn.all(guildId) as Delivery[])
      this.#requestRetry(eventId, listener, nextAt);
  }

  find(eventId: string, listener: string): Delivery | undefined {
    return this.#statements.find.get(eventId, listener) as Delivery | undefined;
  }

  /** What is owed, the oldest first. */
  list(state: Delivery['state'], limit: number): Delivery[] {
    return this.#statements.list.all(state, limit) as Delivery[];
  }

  count(): { pending: number; dead: number } {
    return this.#statements.count.get() as { pending: number; dead: number };
  }

  #requireTransaction(): void {
    if (!this.#database.inTransaction) throw new TransactionIsOver();
  }

  #requestRetry(eventId: string, listener: string, runAt: number): void {
    const payload = { eventId, listener };
    this.#outbox.request({ task: 'retryDelivery', id: jobId(eventId, listener), payload, runAt }, runAt);
  }
}

/** What an operator needs to find the fault: the words first, then where it was thrown. */
function storyOf(error: unknown): string {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack : '';
  return [describe(error), ...stack.split('\n').filter((line) => line.startsWith('    at '))].join('\n');
}

/** Milliseconds to the next try: 2 s, doubled each time, an hour at most. */
function waitAfter(attempts: number): number {
  return Math.min(FIRST_RETRY_AFTER * 2 ** (attempts - 1), LONGEST_WAIT);
}

function prepare(database: Database) {
  const select = `
    SELECT event_id AS eventId, events.name AS eventName, events.guild_id AS guildId, listener, state, attempts,
           next_at AS nextAt, last_error AS lastError, created_at AS createdAt
    FROM deliveries JOIN events ON events.id = deliveries.event_id`;
  return {
    put: database.prepare(
      `INSERT INTO deliveries (event_id, listener, state, attempts, next_at, last_error, created_at)
       VALUES (@eventId, @listener, @state, @attempts, @nextAt, @lastError, @now)
       ON CONFLICT (event_id, listener) DO UPDATE
       SET state = @state, attempts = @attempts, next_at = @nextAt, last_error = @lastError`,
    ),
    markDead: database.prepare(
      `UPDATE deliveries SET state = 'dead', last_error = @reason WHERE event_id = @eventId AND listener = @listener`,
    ),
    revive: database.prepare(
      `UPDATE deliveries SET state = 'pending', attempts = 0, next_at = @now
       WHERE event_id = @eventId AND listener = @listener`,
    ),
    remove: database.prepare('DELETE FROM deliveries WHERE event_id = ? AND listener = ?'),
    find: database.prepare(`${select} WHERE event_id = ? AND listener = ?`),
    list: database.prepare(`${select} WHERE state = ? ORDER BY created_at, event_id LIMIT ?`),
    pendingIn: database.prepare(`${select} WHERE state = 'pending' AND events.guild_id = ?`),
    count: database.prepare(
      `SELECT count(*) FILTER (WHERE state = 'pending') AS pending, count(*) FILTER (WHERE state = 'dead') AS dead
       FROM deliveries`,
    ),
  };
}
