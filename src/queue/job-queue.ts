import { setTimeout as delay } from 'node:timers/promises';
import type { JobsConfig } from '../config/schema.ts';
import type { Logger } from '../ops/logger.ts';
import { describe } from '../world/errors.ts';
import type { World } from '../world/world.ts';
import { type JobObserver, JobRunner, type PoolStatistics } from './job-runner.ts';
import type { PostgresServer } from './postgres/server.ts';
import { QueueSession, STOP_WITHIN } from './queue-session.ts';
import type { JobPool, RunnableJob } from './runnable-job.ts';
import { QueueIsTaken } from './schema-claim.ts';
import { within } from './within.ts';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 3_000;

/** How long jobs may go on after the bot was told to stop, before they are told too. */
const ABORT_AFTER = 3_000;

export interface JobQueueOptions {
  readonly world: World;
  readonly server: PostgresServer;
  readonly jobs: Iterable<RunnableJob>;
  readonly config: JobsConfig;
  readonly logger: Logger;
  /** Looks on, in development. */
  readonly observer?: JobObserver | undefined;
}

export interface QueueStatus {
  /** Whether jobs are being run; while they are not, they wait in the outbox. */
  readonly connected: boolean;
  /** Why not, for an operator. */
  readonly problem: string | undefined;
  readonly pools: Readonly<Record<JobPool, PoolStatistics>>;
}

/**
 * Keeps the queue running: starts PostgreSQL where it is ours, and the workers; starts them again, in this same
 * process and with growing waits, whenever they are lost (rule R4).
 */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #runner: JobRunner;
  readonly #stopping = new AbortController();
  #supervision: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;
  #problem: string | undefined = 'The queue has not been started.';

  constructor(options: JobQueueOptions) {
    this.#options = options;
    const { world, jobs, config, logger, observer } = options;
    const concurrency = { world: config.worldConcurrency, outside: config.outsideConcurrency };
    this.#runner = new JobRunner(world, jobs, concurrency, logger, observer);
  }

  /**
   * Starts the queue and returns at once; while PostgreSQL is away, jobs are late and nothing else.
   *
   * @param onTaken called when the queue's schema is another world's: waiting will not mend that
   */
  start(onTaken: (error: QueueIsTaken) => void): void {
    this.#supervision ??= this.#supervise(onTaken);
  }

  /**
   * Stops taking jobs, lets those under way end, and stops the server if it is ours. A job that doesn't end even when
   * it is told to is left behind; its request stays.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  status(): QueueStatus {
    return {
      connected: this.#problem === undefined,
      problem: this.#problem,
      pools: this.#runner.statistics(),
    };
  }

  async #stop(): Promise<void> {
    const deadline = performance.now() + STOP_WITHIN;
    this.#stopping.abort();
    const patience = setTimeout(() => this.#runner.abort(), ABORT_AFTER);
    await this.#supervision;
    // Also what still runs from a session that was lost.
    await within(Math.max(0, deadline - performance.now()), this.#runner.idle());
    clearTimeout(patience);
    await this.#options.server.stop();
  }

  async #supervise(onTaken: (error: QueueIsTaken) => void): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      const began = performance.now();
      try {
        await this.#serve();
      } catch (error) {
        if (error instanceof QueueIsTaken) {
          this.#problem = error.message;
          return onTaken(error);
        }
        if (performance.now() - began > LONGEST_WAIT) failures = 0;
        const wait = Math.min(FIRST_WAIT * 2 ** failures++, LONGEST_WAIT);
        this.#report(describe(error), wait);
        await delay(wait, undefined, { signal }).catch(() => undefined);
      }
    }
    this.#problem = 'The queue was stopped.';
  }

  async #serve(): Promise<void> {
    const { world, server, config, logger } = this.#options;
    const { signal } = this.#stopping;
    const connection = await server.ensureRunning();
    await QueueSession.live({ world, runner: this.#runner, config, logger }, connection, signal, () => {
      this.#problem = undefined;
      logger.info({ server: server.description, schema: config.schema }, 'The queue is running.');
    });
  }

  /** Says what is wrong; once, and not every few seconds for as long as it lasts. */
  #report(problem: string, wait: number): void {
    const level = problem === this.#problem ? 'debug' : 'warn';
    this.#problem = problem;
    this.#options.logger[level](
      { problem, wait },
      'The queue is away; jobs wait in the world until it is back.',
    );
  }
}
