import type { Database } from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Deliveries } from './deliveries.ts';
import { describe, PoisonedTransaction, TooManyEvents, TransactionIsOver } from './errors.ts';
import type { DomainEvent, EventDefinition, EventDispatcher, EventInput } from './event.ts';
import type { EventLog } from './event-log.ts';
import { deriveId } from './ids.ts';
import type { JobRequest, Outbox } from './outbox.ts';
import { type Random, seededRandom } from './random.ts';
import type { TransactionWatch } from './watch.ts';

/** How many events one transaction may dispatch: far more than any action needs, few enough to end a loop. */
export const EVENTS_PER_TRANSACTION = 10_000;

/** A transaction as the game sees it: where it reads and writes, and the only two ways out. */
export interface Tx {
  /** The world's tables. Throws when the transaction is over or was given up. */
  readonly db: BetterSQLite3Database;
  /** When this happens: the clock's time in an action, the event's time in a listener. */
  readonly now: number;
  /** Chance that comes out the same when the same thing is done again. */
  readonly random: Random;
  /** Makes an id that is the same when the same thing is done again, and different at each call. */
  createId(): string;
  /**
   * Writes an event and lets the listeners know of it before the transaction commits.
   *
   * @throws ZodError when the data doesn't fit the definition
   */
  publish<Name extends string, Data>(
    definition: EventDefinition<Name, Data>,
    input: EventInput<Data>,
  ): DomainEvent<Name, Data>;
  /** Asks for a job that runs after the commit. A request under the same task and id takes its place. */
  request(request: JobRequest): void;
}

/** What the transaction needs from the world. */
export interface TransactionParts {
  readonly sqlite: Database;
  readonly db: BetterSQLite3Database;
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly eventLog: EventLog;
  readonly dispatcher: EventDispatcher;
  /** The world's secret: nobody outside can foretell its chance. */
  readonly secret: string;
  readonly onListenerFailure?: ((failure: ListenerFailure) => void) | undefined;
  /** Looks on, in development. */
  readonly watch?: TransactionWatch | undefined;
}

/** A listener that threw. */
export interface ListenerFailure {
  readonly event: DomainEvent;
  readonly listener: string;
  readonly error: unknown;
}

interface Queued {
  readonly event: DomainEvent;
  readonly kept: boolean;
}

/** One transaction under way: its queue of events, and whether it still stands (rule R2). */
export class Transaction {
  readonly #parts: TransactionParts;
  readonly #queue: Queued[] = [];
  #dispatched = 0;
  #poison: PoisonedTransaction | undefined;
  #requested = false;
  #open = true;
  /** The clock's time, also in listeners, whose own is the event's. */
  #startedAt = 0;

  constructor(parts: TransactionParts) {
    this.#parts = parts;
  }

  /** True when a job was requested, so that the relay has something to do after the commit. */
  get requested(): boolean {
    return this.#requested;
  }

  /**
   * Runs the action's body, then hands its events to the listeners, first in, first out, until none is left.
   *
   * @param cause what led to this; ids and chance are derived from it
   * @throws PoisonedTransaction, TooManyEvents, or what the body threw
   */
  run<Result>(cause: string, now: number, body: (tx: Tx) => Result): Result {
    this.#startedAt = now;
    try {
      const result = body(this.#scope(cause, cause, now));
      requireSynchronous(result, 'What runs in a transaction must not be asynchronous.');
      this.#drain();
      return result;
    } finally {
      this.#open = false;
    }
  }

  /**
   * Gives one event to one listener. What the listener throws undoes its own writes and is recorded as a
   * delivery; only a transaction that no longer stands is given up. Never throws.
   *
   * @returns true when the listener succeeded
   */
  deliver<Event extends DomainEvent>(
    event: Event,
    kept: boolean,
    listener: string,
    handle: (event: Event, tx: Tx) => void,
  ): boolean {
    if (this.#poison) return false;
    const queueLength = this.#queue.length;
    const heard = this.#parts.watch?.hear(event, listener);
    try {
      this.#parts.sqlite.transaction(() => this.#handle(event, listener, handle))();
      heard?.();
      return true;
    } catch (error) {
      heard?.({ error });
      this.#queue.length = queueLength;
      this.#parts.onListenerFailure?.({ event, listener, error });
      this.#recordFailure(event, kept, listener, error);
      return false;
    }
  }

  #handle<Event extends DomainEvent>(
    event: Event,
    listener: string,
    handle: (event: Event, tx: Tx) => void,
  ): void {
    const scope = this.#scope(event.id, `${event.id}/${listener}`, event.occurredAt);
    try {
      const result: unknown = handle(event, scope);
      requireSynchronous(result, `The listener ${listener} is asynchronous; listeners must not be.`);
    } finally {
      scope.close();
    }
  }

  #recordFailure(event: DomainEvent, kept: boolean, listener: string, error: unknown): void {
    if (!this.#parts.sqlite.inTransaction) {
      this.#poison = new PoisonedTransaction(error);
      return;
    }
    try {
      if (!kept) this.#parts.eventLog.ensure(event);
      this.#parts.deliveries.recordFailure(event, listener, error);
      this.#requested = true;
    } catch (recordingError) {
      this.#poison = new PoisonedTransaction(
        new AggregateError([error, recordingError], `${describe(error)}; then ${describe(recordingError)}`),
      );
    }
  }

  #drain(): void {
    this.#requireStanding();
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      if (++this.#dispatched > EVENTS_PER_TRANSACTION) throw new TooManyEvents(EVENTS_PER_TRANSACTION);
      const { event, kept } = next;
      this.#parts.dispatcher.dispatch({
        event,
        deliver: (listener, handle) => void this.deliver(event, kept, listener, handle),
      });
      this.#requireStanding();
    }
  }

  /** @throws PoisonedTransaction when the transaction was given up, or ended by an error that somebody swallowed */
  #requireStanding(): void {
    if (!this.#parts.sqlite.inTransaction)
      this.#poison ??= new PoisonedTransaction('an error that ends all of it was swallowed');
    if (this.#poison) throw this.#poison;
  }

  #scope(causeId: string, seed: string, now: number): Tx & { close(): void } {
    const parts = this.#parts;
    const isOpen = () => this.#open && parts.sqlite.inTransaction && !this.#poison;
    let closed = false;
    let created = 0;
    let random: Random | undefined;
    const requireOpen = () => {
      if (closed || !isOpen()) throw new TransactionIsOver();
    };
    return {
      now,
      get db() {
        requireOpen();
        return parts.db;
      },
      get random() {
        random ??= seededRandom(`${parts.secret}/${seed}`);
        return random;
      },
      createId: () => deriveId(seed, created++),
      publish: (definition, input) => {
        requireOpen();
        const event = {
          id: deriveId(seed, definition.name, created++),
          name: definition.name,
          version: definition.version,
          guildId: input.guildId,
          userId: input.userId ?? null,
          occurredAt: input.occurredAt ?? now,
          causeId,
          data: freeze(definition.read(input.data, definition.version)),
        };
        if (definition.kept) parts.eventLog.append(event);
        this.#queue.push({ event, kept: definition.kept });
        parts.watch?.published(event);
        return event;
      },
      request: (request) => {
        requireOpen();
        parts.outbox.request(request, this.#startedAt, now);
        this.#requested = true;
      },
      close: () => {
        closed = true;
      },
    };
  }
}

/** Every listener is given the same event: none may change what the others hear. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}

function requireSynchronous(result: unknown, complaint: string): void {
  const promise = result as PromiseLike<unknown> | null | undefined;
  if (typeof promise?.then !== 'function') return;
  // Its rest meets a transaction that is over, and must not end the process with that.
  promise.then(undefined, () => undefined);
  throw new TypeError(complaint);
}
