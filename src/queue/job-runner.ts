import type { TaskList } from 'graphile-worker';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Logger } from '../ops/logger.ts';
import type { World } from '../world/world.ts';
import type { JobPool, RunnableJob } from './runnable-job.ts';

/** What has been run since the start. */
export interface PoolStatistics {
  readonly running: number;
  /** The most that ran at once. */
  readonly mostRunning: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Looks on while jobs run; for development. */
export interface JobObserver {
  /** Carries a run out, and sees how it ends. */
  watch(job: { readonly key: string; readonly task: string }, run: () => Promise<void>): Promise<void>;
}

/** Runs jobs when the queue says so: with a bound for each pool that outlives any connection to the queue. */
export class JobRunner {
  readonly #world: World;
  readonly #jobs: readonly RunnableJob[];
  readonly #logger: Logger;
  readonly #observer: JobObserver | undefined;
  readonly #limits: Readonly<Record<JobPool, LimitFunction>>;
  readonly #statistics: Readonly<Record<JobPool, { -readonly [Name in keyof PoolStatistics]: number }>>;
  /** What runs or waits for a free place, by its cause. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(
    world: World,
    jobs: Iterable<RunnableJob>,
    concurrency: Readonly<Record<JobPool, number>>,
    logger: Logger,
    observer?: JobObserver,
  ) {
    this.#world = world;
    this.#jobs = [...jobs];
    this.#logger = logger;
    this.#observer = observer;
    // The queue's own workers are bounded too; but when a lost session is replaced, the old ones may still work.
    this.#limits = { world: pLimit(concurrency.world), outside: pLimit(concurrency.outside) };
    this.#statistics = { world: zeroes(), outside: zeroes() };
  }

  /** The tasks of one pool, as graphile-worker wants them. */
  taskList(pool: JobPool): TaskList {
    const jobs = this.#jobs.filter((job) => job.pool === pool);
    return Object.fromEntries(
      jobs.map((job) => [job.name, (_payload, helpers) => this.#perform(job, helpers.job.key)]),
    );
  }

  statistics(): Readonly<Record<JobPool, PoolStatistics>> {
    return { world: { ...this.#statistics.world }, outside: { ...this.#statistics.outside } };
  }

  /** Tells what is running to come to an end, and starts nothing any more. */
  abort(): void {
    this.#stopping.abort(new Error('The bot is stopping.'));
  }

  /** Waits for everything that is under way now, however it ends. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  /**
   * Carries out what is waited for under this key. The queue only says when: what to do is read from the world, where
   * the request may have been changed since it was handed over.
   */
  #perform(job: RunnableJob, key: string | null): Promise<void> {
    const request = key === null ? undefined : this.#world.outbox.find(key);
    // Without a row nothing waits for this any more: it ended before, and the queue had not been told.
    if (!request) return Promise.resolve();
    const cause = `${request.key}#${request.revision}`;
    // A queue that was lost and is back asks again for what still runs. That waits for it and takes no place of its own.
    const same = this.#underWay.get(cause);
    if (same) return same;
    const run = this.#limits[job.pool](() => this.#run(job, request.key, cause)).finally(() =>
      this.#underWay.delete(cause),
    );
    this.#underWay.set(cause, run);
    return run;
  }

  async #run(job: RunnableJob, key: string, cause: string): Promise<void> {
    const { outbox, clock } = this.#world;
    const { signal } = this.#stopping;
    signal.throwIfAborted();
    const request = outbox.find(key);
    // While this waited for a free place it was settled or requested again; the newer request has a job of its own.
    if (!request || `${key}#${request.revision}` !== cause) return;
    // A clock was put back, or somebody moved the job: it goes back to the queue, to its right time (rule R5).
    if (request.runAt > clock.now()) return outbox.markLost([request.revision]);

    const statistics = this.#statistics[job.pool];
    statistics.running++;
    statistics.mostRunning = Math.max(statistics.mostRunning, statistics.running);
    try {
      // Revisions are counted anew in each world, and a server may have come here from another one with its events.
      const run = { cause: `${cause}@${this.#world.id.slice(0, 8)}`, signal };
      const carryOut = async () => job.run(job.payload.parse(request.payload), run);
      await (this.#observer?.watch({ key, task: job.name }, carryOut) ?? carryOut());
      outbox.settle(request.revision);
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
