import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { Clock } from './clock.ts';
import {
  emptyLog,
  onlyInTransactions,
  openBesideBot,
  openDatabase,
  openReader,
  openSnapshot,
  type Snapshot,
} from './database.ts';
import { Deliveries } from './deliveries.ts';
import { Durability, WriteAheadLog } from './durability.ts';
import { AlreadyActedOn, TooManyEvents } from './errors.ts';
import type { DomainEvent, EventDispatcher } from './event.ts';
import { EventLog } from './event-log.ts';
import { WorldLock } from './lock.ts';
import { Outbox } from './outbox.ts';
import { type ListenerFailure, Transaction, type Tx } from './transaction.ts';
import type { TransactionWatch, WorldObserver } from './watch.ts';

/** Discord forgets an interaction after 15 minutes ("Receiving and Responding"); a day is more than enough. */
const INTERACTIONS_KEPT = 24 * 60 * 60_000;

/** How often those that are older are looked for: it reads them all, and an index would cost every action a page. */
const FORGET_EVERY = 60 * 60_000;

/** How many pages of 4 KiB a backup copies before everything else has its turn: some milliseconds. */
const PAGES_AT_ONCE = 250;

/** What led to an action. */
export interface Cause {
  /** Ids and chance are derived from this: the same cause makes the same ids (rule R5). */
  readonly cause: string;
  /** The interaction behind it. A second action for the same one throws {@link AlreadyActedOn}. */
  readonly interactionId?: string;
}

export interface WorldOptions {
  /** The database's path, or `:memory:`. */
  readonly file: string;
  readonly clock: Clock;
  readonly dispatcher: EventDispatcher;
  /** Told of each listener that fails, for the log. */
  readonly onListenerFailure?: (failure: ListenerFailure) => void;
  /** Looks on, in development. */
  readonly observer?: WorldObserver | undefined;
  /** False for an operator's command that writes beside the bot which owns the world. Defaults to true. */
  readonly lock?: boolean;
}

/** The truth about a world, in SQLite. {@link World.transact} is the only way to write. */
export class World {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly eventLog: EventLog;
  /** For reading, outside of transactions. */
  readonly reader: BetterSQLite3Database;
  /** Tells this world from every other, for ever. */
  readonly id: string;
  /** What the chance of this world is seeded with. */
  readonly secret: string;

  readonly #sqlite: Database;
  readonly #readerConnection: Database;
  readonly #db: BetterSQLite3Database;
  readonly #dispatcher: EventDispatcher;
  readonly #onListenerFailure: ((failure: ListenerFailure) => void) | undefined;
  readonly #observer: WorldObserver | undefined;
  /** Looks on at the transaction that is under way. */
  #watch: TransactionWatch | undefined;
  readonly #lock: WorldLock | undefined;
  readonly #log: WriteAheadLog | undefined;
  readonly #durability: Durability;
  readonly #insertInteraction;
  readonly #forgetInteractions;
  #forgetAt = 0;
  readonly #findInteraction;
  readonly #requestListeners = new Set<() => void>();
  #underWay = false;

  constructor({ file, clock, dispatcher, onListenerFailure, observer, lock = true }: WorldOptions) {
    this.#lock = lock && file !== ':memory:' ? WorldLock.acquire(`${file}.lock`, clock.now()) : undefined;
    try {
      // An operator's command ends right after its commit, so it waits for the disk itself.
      this.#sqlite = lock ? openDatabase(file) : openBesideBot(file);
    } catch (error) {
      this.#lock?.release();
      throw error;
    }
    this.#readerConnection = openReader(this.#sqlite);
    this.#db = drizzle({ client: onlyInTransactions(this.#sqlite) });
    this.#dispatcher = dispatcher;
    this.#onListenerFailure = onListenerFailure;
    this.#observer = observer;
    this.reader = drizzle(this.#readerConnection);
    this.clock = clock;
    this.outbox = new Outbox(this.#sqlite, observer && ((request) => this.#watch?.requested(request)));
    this.deliveries = new Deliveries(this.#sqlite, this.outbox, clock);
    this.eventLog = new EventLog(this.#sqlite);
    this.id = this.#fact('id', randomUUID);
    this.secret = this.#fact('secret', () => randomBytes(16).toString('hex'));
    this.#log = this.#sqlite.memory ? undefined : new WriteAheadLog(file);
    this.#durability = new Durability(async () => this.#log?.sync());
    this.#insertInteraction = this.#sqlite.prepare(
      'INSERT OR IGNORE INTO interactions (id, seen_at) VALUES (?, ?)',
    );
    this.#findInteraction = this.#sqlite.prepare('SELECT 1 FROM interactions WHERE id = ?');
    this.#forgetInteractions = this.#sqlite.prepare('DELETE FROM interactions WHERE seen_at < ?');
  }

  /**
   * One action, one transaction: what the body does, the events it publishes, what their listeners do and the
   * jobs they request commit as a whole or not at all (rule R1).
   *
   * @param body synchronous; what it throws undoes everything
   * @returns what the body returned
   * @throws AlreadyActedOn, PoisonedTransaction, TooManyEvents, or what the body threw
   */
  transact<Result>(cause: Cause, body: (tx: Tx) => Result): Result {
    return this.#inTransaction(cause, (transaction) => {
      if (cause.interactionId !== undefined) this.#claim(cause.interactionId);
      return transaction.run(cause.cause, this.clock.now(), body);
    });
  }

  /**
   * Gives an event to a listener that failed on it before, in a transaction of its own (rule R2). Does nothing when
   * that is no longer pending: it was done, given up or discarded meanwhile.
   *
   * @returns false when the listener failed again; the next try is arranged
   * @throws PoisonedTransaction
   */
  redeliver(event: DomainEvent, listener: string, handle: (event: DomainEvent, tx: Tx) => void): boolean {
    try {
      return this.#redeliver(event, listener, handle);
    } catch (error) {
      if (!(error instanceof TooManyEvents)) throw error;
      // What the listener set off undid everything, also the account of it: that is a failure as any other.
      return this.#redeliver(event, listener, () => {
        throw error;
      });
    }
  }

  /** What stands for somebody in this world where their id must not; without its secret nobody can tell whom it is of. */
  markOf(userId: string): string {
    return createHmac('sha256', this.secret).update(userId).digest('base64url');
  }

  /** Whether the action that an interaction asked for was committed. */
  hasActedOn(interactionId: string): boolean {
    return this.#findInteraction.get(interactionId) !== undefined;
  }

  /** Calls back after each commit that requested a job. Returns how to stop that. */
  onRequest(listener: () => void): () => void {
    this.#requestListeners.add(listener);
    return () => this.#requestListeners.delete(listener);
  }

  /**
   * Waits until everything that was committed is on the disk. Whoever tells the outside world of it waits here first:
   * then not even a power cut takes it back.
   *
   * @throws when the disk fails
   */
  settled(): Promise<void> {
    return this.#durability.settled();
  }

  /**
   * The world as it is now, however much is written while it is read. It keeps the log from being emptied, so it is not
   * to be held for long. A world in memory has only one connection: nothing must be written there meanwhile.
   */
  snapshot(): Snapshot {
    return openSnapshot(this.#sqlite);
  }

  /**
   * Copies the world as it is in the end into a file, a part at a time, between which everything else goes on.
   *
   * @throws SqliteError when the disk is full or fails
   */
  async backUp(file: string): Promise<void> {
    await this.#sqlite.backup(file, { progress: () => PAGES_AT_ONCE });
  }

  /**
   * Writes the file anew and empties the write-ahead log, so that nothing of what was deleted remains in either. Nothing
   * else can be written meanwhile: 12 ms for each MB, as measured on a small machine.
   *
   * @throws Error when somebody else is reading just now, whose snapshot keeps the log; it can be tried again
   */
  scrub(): void {
    this.#sqlite.exec('VACUUM');
    if (!emptyLog(this.#sqlite))
      throw new Error('Somebody is reading the world: its log cannot be emptied now.');
  }

  /** Closes the database and gives the world back. */
  close(): void {
    if (this.#readerConnection !== this.#sqlite) this.#readerConnection.close();
    this.#log?.close();
    this.#sqlite.close();
    this.#lock?.release();
  }

  #redeliver(event: DomainEvent, listener: string, handle: (event: DomainEvent, tx: Tx) => void): boolean {
    return this.#inTransaction({ cause: event.id }, (transaction) =>
      transaction.run(event.id, this.clock.now(), () => {
        if (this.deliveries.find(event.id, listener)?.state !== 'pending') return true;
        const succeeded = transaction.deliver(event, true, listener, handle);
        if (succeeded) this.deliveries.remove(event.id, listener);
        return succeeded;
      }),
    );
  }

  #inTransaction<Result>(cause: Cause, body: (transaction: Transaction) => Result): Result {
    // Not `inTransaction`: a full disk may have ended the transaction in which this is called.
    if (this.#underWay) throw new Error('A transaction is under way: use the one you were given.');
    const watch = this.#observer?.begin(cause);
    const transaction = new Transaction({
      sqlite: this.#sqlite,
      db: this.#db,
      outbox: this.outbox,
      deliveries: this.deliveries,
      eventLog: this.eventLog,
      dispatcher: this.#dispatcher,
      secret: this.secret,
      onListenerFailure: this.#onListenerFailure,
      watch,
    });
    const result = this.#watched(watch, () => this.#commit(() => body(transaction)));
    this.#durability.noteCommit();
    if (transaction.requested) for (const listener of this.#requestListeners) listener();
    return result;
  }

  #watched<Result>(watch: TransactionWatch | undefined, act: () => Result): Result {
    if (!watch) return act();
    this.#watch = watch;
    try {
      const result = act();
      watch.ended();
      return result;
    } catch (error) {
      watch.ended({ error });
      throw error;
    } finally {
      this.#watch = undefined;
    }
  }

  #commit<Result>(body: () => Result): Result {
    this.#underWay = true;
    try {
      return this.#sqlite.transaction(body).immediate();
    } finally {
      this.#underWay = false;
    }
  }

  #claim(interactionId: string): void {
    const { changes } = this.#insertInteraction.run(interactionId, this.clock.now());
    if (changes === 0) throw new AlreadyActedOn(interactionId);
    const now = this.clock.now();
    if (now < this.#forgetAt) return;
    this.#forgetInteractions.run(now - INTERACTIONS_KEPT);
    this.#forgetAt = now + FORGET_EVERY;
  }

  #fact(name: string, make: () => string): string {
    this.#sqlite.prepare('INSERT OR IGNORE INTO world_facts (name, value) VALUES (?, ?)').run(name, make());
    return this.#sqlite.prepare('SELECT value FROM world_facts WHERE name = ?').pluck().get(name) as string;
  }
}
