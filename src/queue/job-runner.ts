import type { JobHelpers, TaskList } from 'graphile-worker';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Logger } from '../ops/logger.ts';
import type { Outbox } from '../world/outbox.ts';
import { type JobPool, POOLS, type RunnableJob } from './runnable-job.ts';

/** What has been run since the start. */
export interface PoolStatistics {
  readonly running: number;
  /** The most that ran at once. */
  readonly mostRunning: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Runs jobs when the queue says so: with a bound for each pool that outlives any connection to the queue. */
export class JobRunner {
  readonly #outbox: Outbox;
  readonly #jobs: Iterable<RunnableJob>;
  readonly #logger: Logger;
  readonly #limits: Readonly<Record<JobPool, LimitFunction>>;
  readonly #statistics: Readonly<Record<JobPool, { -readonly [Name in keyof PoolStatistics]: number }>>;
  readonly #stopping = new AbortController();

  constructor(
    outbox: Outbox,
    jobs: Iterable<RunnableJob>,
    concurrency: Readonly<Record<JobPool, number>>,
    logger: Logger,
  ) {
    this.#outbox = outbox;
    this.#jobs = jobs;
    this.#logger = logger;
    // The queue's own workers are bounded too; but while a lost connection is replaced, the old ones may still work.
    this.#limits = { world: pLimit(concurrency.world), outside: pLimit(concurrency.outside) };
    this.#statistics = { world: zeroes(), outside: zeroes() };
  }

  /** The tasks of one pool, as graphile-worker wants them. */
  taskList(pool: JobPool): TaskList {
    const jobs = [...this.#jobs].filter((job) => job.pool === pool);
    return Object.fromEntries(
      jobs.map((job) => [
        job.name,
        (payload: unknown, helpers: JobHelpers) => this.#limits[pool](() => this.#run(job, payload, helpers)),
      ]),
    );
  }

  statistics(): Readonly<Record<JobPool, PoolStatistics>> {
    return { world: { ...this.#statistics.world }, outside: { ...this.#statistics.outside } };
  }

  /** Tells what is running to come to an end. */
  abort(): void {
    this.#stopping.abort(new Error('The bot is stopping.'));
  }

  /** How many jobs are running now, in all pools. */
  get running(): number {
    return POOLS.reduce((total, pool) => total + this.#statistics[pool].running, 0);
  }

  async #run(job: RunnableJob, payload: unknown, { job: { key } }: JobHelpers): Promise<void> {
    // Without a row nothing waits for this any more: it ended before, and the queue had not been told.
    const request = key ? this.#outbox.find(key) : undefined;
    if (!key || !request) return;
    const statistics = this.#statistics[job.pool];
    statistics.running++;
    statistics.mostRunning = Math.max(statistics.mostRunning, statistics.running);
    try {
      const cause = `${key}#${request.revision}`;
      await job.run(job.payload.parse(payload), { cause, signal: this.#stopping.signal });
      this.#outbox.settle(request.revision);
      statistics.succeeded++;
    } catch (error) {
      statistics.failed++;
      this.#logger.warn({ err: error, job: key }, 'A job failed and will be tried again.');
      throw error;
    } finally {
      statistics.running--;
    }
  }
}

function zeroes(): { running: number; mostRunning: number; succeeded: number; failed: number } {
  return { running: 0, mostRunning: 0, succeeded: 0, failed: 0 };
}
