import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, inject, onTestFinished, vi } from 'vitest';
import { configSchema, type JobsConfig } from '../../src/config/schema.ts';
import { JobQueue } from '../../src/queue/job-queue.ts';
import { givenPostgres } from '../../src/queue/postgres/givenPostgres.ts';
import type { JobPool, JobRun, RunnableJob } from '../../src/queue/runnable-job.ts';
import type { QueueIsTaken } from '../../src/queue/schema-claim.ts';
import { systemClock } from '../../src/world/clock.ts';
import { jobKey, type OutboxRow } from '../../src/world/outbox.ts';
import { World } from '../../src/world/world.ts';
import { temporaryFolder } from '../support/game.ts';
import { type Errand, errand } from './errand.ts';
import { createDatabaseOn, dropDatabaseOn, execute } from './postgres/support.ts';

type TestTask = 'stokeForge' | 'sendRaven' | 'unknownTask';

const TASKS = { world: 'stokeForge', outside: 'sendRaven' } as const satisfies Record<JobPool, TestTask>;

/** Jobs of one pool, and what has become of them. */
export interface TestJob extends RunnableJob {
  /** What the job was given each time when it started, in order. */
  readonly started: (Errand & JobRun)[];
  /** The ids of the runs that ended well, in order. */
  readonly finished: string[];
  /** How many are running now, and the most that ever were. */
  running: number;
  mostRunning: number;
}

/**
 * A job that keeps a record of its runs.
 *
 * @param body what it does besides
 */
export function testJob(
  pool: JobPool,
  body: (errand: Errand, run: JobRun) => unknown = () => undefined,
): TestJob {
  const job: TestJob = {
    name: TASKS[pool],
    pool,
    payload: errand,
    started: [],
    finished: [],
    running: 0,
    mostRunning: 0,
    async run(payload, run) {
      const given = payload as Errand;
      job.started.push({ ...given, ...run });
      job.running++;
      job.mostRunning = Math.max(job.mostRunning, job.running);
      try {
        await body(given, run);
        job.finished.push(given.id);
      } finally {
        job.running--;
      }
    },
  };
  return job;
}

export interface QueueBenchOptions {
  readonly jobs: readonly RunnableJob[];
  /** Defaults to a new database on the PostgreSQL of the whole run. */
  readonly databaseUrl?: string;
  /** Where the world is; defaults to a new folder. */
  readonly file?: string;
  /** How far the world's clock is ahead. */
  readonly clockOffset?: number;
  readonly config?: Partial<JobsConfig>;
}

/** A world and its queue, which looks often so that tests need not wait long. */
export interface QueueBench {
  readonly world: World;
  readonly queue: JobQueue;
  readonly file: string;
  readonly databaseUrl: string;
  /** What the queue logged. */
  readonly log: Record<string, unknown>[];
  /** What the queue said when its schema turned out to be somebody else's. */
  readonly taken: QueueIsTaken[];
  /** Starts the queue and waits until it runs. */
  start(): Promise<void>;
  /** Stops the queue and closes the world. */
  close(): Promise<void>;
  /** Requests a job in a transaction of its own. */
  request(task: TestTask, id: string, options?: { runAt?: number; note?: unknown }): void;
  /** What the world waits for under this id. */
  waiting(task: TestTask, id: string): OutboxRow | undefined;
  sql(statement: string): Promise<Record<string, unknown>[]>;
}

export async function createQueueBench(options: QueueBenchOptions): Promise<QueueBench> {
  const { jobs, clockOffset, config } = options;
  const databaseUrl = options.databaseUrl ?? (await temporaryDatabase());
  const file = options.file ?? join(temporaryWorldFolder(), 'world.sqlite');
  const log: Record<string, unknown>[] = [];
  const taken: QueueIsTaken[] = [];
  const world = new World({
    file,
    clock: systemClock(clockOffset),
    dispatcher: { dispatch: () => undefined },
  });
  const queue = new JobQueue({
    world,
    server: givenPostgres(databaseUrl),
    jobs,
    config: { ...configSchema.parse({}).jobs, pollInterval: 100, ...config },
    logger: pino({ level: 'debug' }, { write: (line: string) => log.push(JSON.parse(line)) }),
  });
  let closed: Promise<void> | undefined;
  const close = async () => {
    await queue.stop();
    world.close();
  };
  const bench: QueueBench = {
    world,
    queue,
    file,
    databaseUrl,
    log,
    taken,
    start: async () => {
      queue.start((error) => taken.push(error));
      await eventually(() => expect(queue.status()).toMatchObject({ connected: true, problem: undefined }));
    },
    close: () => {
      closed ??= close();
      return closed;
    },
    request: (task, id, { note, ...when } = {}) =>
      world.transact({ cause: `test ${id}` }, (tx) =>
        tx.request({ task, id, payload: { id, note }, ...when }),
      ),
    waiting: (task, id) => world.outbox.find(jobKey(task, id)),
    sql: (statement) => execute(databaseUrl, statement),
  };
  onTestFinished(() => bench.close());
  return bench;
}

/** A database of its own for the test, dropped afterwards. */
export async function temporaryDatabase(): Promise<string> {
  const url = await createDatabaseOn(inject('postgresUrl'));
  onTestFinished(() => dropDatabaseOn(inject('postgresUrl'), url));
  return url;
}

export function temporaryWorldFolder(): string {
  const folder = temporaryFolder('queue');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits until the assertion holds. The limit is for a machine that does other things too; it asserts nothing. */
export async function eventually<Result>(assertion: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(assertion, { timeout: 40_000, interval: 20 });
}

/** Waits until nothing is waited for any more, and nothing remains in the queue. */
export async function allDone({ world, sql }: QueueBench): Promise<void> {
  await eventually(async () => {
    expect(world.outbox.count()).toEqual({ waiting: 0, toHandOver: 0 });
    expect(await sql('SELECT key, locked_by, last_error FROM graphile_worker.jobs')).toEqual([]);
  });
}

/** The locks that are held in graphile-worker's tables. */
export async function locks(databaseUrl: string): Promise<Record<string, unknown>[]> {
  return execute(
    databaseUrl,
    `SELECT key, locked_by FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL OR locked_at IS NOT NULL
     UNION ALL
     SELECT queue_name, locked_by FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL`,
  );
}

/** How many connections to this database are open besides the one that asks. */
export async function openConnections(databaseUrl: string): Promise<number> {
  const [row] = await execute(
    databaseUrl,
    `SELECT count(*)::int AS open FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  return row?.['open'] as number;
}

/** What the process was told of rejections that nobody handles, from now on: any of them would end the bot. */
export function unhandledRejections(): unknown[] {
  const seen: unknown[] = [];
  const listener = (reason: unknown) => seen.push(reason);
  process.on('unhandledRejection', listener);
  process.on('uncaughtException', listener);
  onTestFinished(() => {
    process.off('unhandledRejection', listener);
    process.off('uncaughtException', listener);
  });
  return seen;
}

/** Something that jobs wait for until the test opens it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
