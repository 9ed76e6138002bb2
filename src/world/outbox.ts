import type { Database } from 'better-sqlite3';
import { TransactionIsOver } from './errors.ts';
import { deriveId } from './ids.ts';
import type { SeenRequest } from './watch.ts';

/**
 * Every task and what its jobs carry. Each file in `src/jobs` adds its own entry:
 *
 * ```ts
 * declare module '../world/outbox.ts' {
 *   interface JobPayloads { completeCrafting: { craftId: string } }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface JobPayloads {}

export type TaskName = keyof JobPayloads & string;

/** What is asked of the queue. */
export type JobRequest = {
  [Name in TaskName]: {
    readonly task: Name;
    /** With the task it makes the job's key: there is at most one waiting job for each. */
    readonly id: string;
    readonly payload: JobPayloads[Name];
    /** When it is due, in the world's time. Defaults to now. */
    readonly runAt?: number;
    /** If the same job waits already, whether the earlier of the two times counts or (by default) the new one. */
    readonly keepEarlier?: boolean;
  };
}[TaskName];

/** A row of the outbox: one job that this world waits for. */
export interface OutboxRow {
  readonly revision: number;
  readonly key: string;
  readonly task: string;
  readonly payload: unknown;
  readonly runAt: number;
  readonly handedAt: number | null;
}

interface StoredRow {
  revision: number;
  key: string;
  task: string;
  payload: string;
  run_at: number;
  handed_at: number | null;
}

/**
 * The jobs that this world waits for. Requests come in through a transaction; the queue reads them, says what it
 * took, and settles them when they have ended.
 */
export class Outbox {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #onRequest: ((request: SeenRequest) => void) | undefined;

  /** @param onRequest told of each request, in development */
  constructor(database: Database, onRequest?: (request: SeenRequest) => void) {
    this.#database = database;
    this.#onRequest = onRequest;
    this.#statements = prepare(database);
  }

  /**
   * Records a request, replacing what waits under the same key. Call inside a transaction.
   *
   * @param now the clock's time, also where the request is about something that happened earlier
   * @param occurredAt when it is due if it doesn't say; defaults to now
   */
  request(request: JobRequest, now: number, occurredAt: number = now): void {
    if (!this.#database.inTransaction) throw new TransactionIsOver();
    const { task, id, payload, runAt = occurredAt, keepEarlier = false } = request;
    const key = jobKey(task, id);
    const waiting = keepEarlier ? this.find(key) : undefined;
    // Due later than now, no run is carrying it out: it will see what this request is about.
    if (waiting && waiting.runAt <= runAt && waiting.runAt > now) {
      this.#onRequest?.({ task, id, key, payload, runAt: waiting.runAt });
      return;
    }
    const dueAt = waiting ? Math.min(waiting.runAt, runAt) : runAt;
    this.#statements.put.run({ key, task, payload: JSON.stringify(payload), runAt: dueAt });
    this.#onRequest?.({ task, id, key, payload, runAt: dueAt });
  }

  /** The request under this key, or undefined when nothing is waited for. */
  find(key: string): OutboxRow | undefined {
    const row = this.#statements.find.get(key) as StoredRow | undefined;
    return row && fromStored(row);
  }

  /** The requests that the queue hasn't taken yet, the earliest due first. */
  toHandOver(limit: number): OutboxRow[] {
    return (this.#statements.toHandOver.all(limit) as StoredRow[]).map(fromStored);
  }

  /** A page of everything that is waited for, in the order of revisions. */
  page(afterRevision: number, limit: number): OutboxRow[] {
    return (this.#statements.page.all(afterRevision, limit) as StoredRow[]).map(fromStored);
  }

  /** What is due next, the earliest first. */
  upcoming(limit: number): OutboxRow[] {
    return (this.#statements.upcoming.all(limit) as StoredRow[]).map(fromStored);
  }

  /** Notes that the queue took these revisions. A row that was requested again meanwhile stays to be handed over. */
  markHanded(revisions: readonly number[], now: number): void {
    this.#statements.markHanded.run(now, JSON.stringify(revisions));
  }

  /** Notes that the queue lost these revisions, so that they are handed over again. */
  markLost(revisions: readonly number[]): void {
    this.#statements.markLost.run(JSON.stringify(revisions));
  }

  /** Removes a request that has been carried out, unless it was made again in the meantime. */
  settle(revision: number): void {
    this.#statements.settle.run(revision);
  }

  /** How many jobs were due by then. */
  countDue(by: number): number {
    return (this.#statements.countDue.get(by) as { due: number }).due;
  }

  /** How many jobs are waited for, and how many of them the queue hasn't taken yet. */
  count(): { waiting: number; toHandOver: number } {
    return this.#statements.count.get() as { waiting: number; toHandOver: number };
  }
}

/** The key under which the queue knows a job. */
export function jobKey(task: string, id: string): string {
  return `${task}:${id}`;
}

/** An id for a job that is told apart by several parts, short enough for any key. */
export function jobId(...parts: readonly string[]): string {
  return deriveId(...parts);
}

function fromStored(row: StoredRow): OutboxRow {
  return {
    revision: row.revision,
    key: row.key,
    task: row.task,
    payload: JSON.parse(row.payload) as unknown,
    runAt: row.run_at,
    handedAt: row.handed_at,
  };
}

function prepare(database: Database) {
  return {
    // REPLACE removes the old row and gives the new one a revision that was never used.
    put: database.prepare(
      'INSERT OR REPLACE INTO outbox (key, task, payload, run_at) VALUES (@key, @task, @payload, @runAt)',
    ),
    find: database.prepare('SELECT * FROM outbox WHERE key = ?'),
    toHandOver: database.prepare(
      'SELECT * FROM outbox WHERE handed_at IS NULL ORDER BY run_at, revision LIMIT ?',
    ),
    page: database.prepare('SELECT * FROM outbox WHERE revision > ? ORDER BY revision LIMIT ?'),
    upcoming: database.prepare('SELECT * FROM outbox ORDER BY run_at, revision LIMIT ?'),
    countDue: database.prepare('SELECT count(*) AS due FROM outbox WHERE run_at <= ?'),
    markHanded: database.prepare(
      'UPDATE outbox SET handed_at = ? WHERE revision IN (SELECT value FROM json_each(?))',
    ),
    markLost: database.prepare(
      'UPDATE outbox SET handed_at = NULL WHERE revision IN (SELECT value FROM json_each(?))',
    ),
    settle: database.prepare('DELETE FROM outbox WHERE revision = ?'),
    count: database.prepare(
      'SELECT count(*) AS waiting, count(*) FILTER (WHERE handed_at IS NULL) AS toHandOver FROM outbox',
    ),
  };
}
