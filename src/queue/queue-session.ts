import { setTimeout as delay } from 'node:timers/promises';
import {
  Logger as GraphileLogger,
  makeWorkerUtils,
  type Runner,
  run,
  type WorkerUtils,
} from 'graphile-worker';
import pg from 'pg';
import type { JobsConfig } from '../config/schema.ts';
import type { Logger } from '../ops/logger.ts';
import type { World } from '../world/world.ts';
import type { JobRunner } from './job-runner.ts';
import type { PgConnection } from './postgres/server.ts';
import { reconcile } from './reconcile.ts';
import { Relay } from './relay.ts';
import { type JobPool, POOLS } from './runnable-job.ts';
import { claimSchema, ownsSchema } from './schema-claim.ts';

/** How often the session looks for requests that other processes committed, and whether its schema is still there. */
const LOOK_EVERY = 1_000;

/** How long workers may take to finish what they are at when the session ends. */
const STOP_WITHIN = 10_000;

/** Connections beside one for each worker: listening, handing over, looking. */
const MORE_CONNECTIONS = 4;

export interface QueueSessionOptions {
  readonly world: World;
  readonly runner: JobRunner;
  readonly config: JobsConfig;
  readonly logger: Logger;
}

/** The queue was lost: PostgreSQL went away, its schema was dropped, or a worker gave up. */
class QueueLost extends Error {
  override readonly name = 'QueueLost';
}

/** One life of the queue: from connecting to PostgreSQL to losing it. */
export class QueueSession {
  readonly #options: QueueSessionOptions;
  readonly #pool: pg.Pool;
  readonly #wake = new Alarm();
  readonly #runners: Runner[] = [];
  #lostBecause: unknown;
  #utils: WorkerUtils | undefined;

  private constructor(options: QueueSessionOptions, connection: PgConnection) {
    this.#options = options;
    const { worldConcurrency, outsideConcurrency } = options.config;
    const max = worldConcurrency + outsideConcurrency + MORE_CONNECTIONS;
    this.#pool = new pg.Pool({
      ...connection,
      max,
      connectionTimeoutMillis: 5_000,
      query_timeout: 60_000,
      keepAlive: true,
    });
    // Without these a connection that breaks while nobody uses it ends the process.
    this.#pool.on('error', (error) => this.#lose(error));
    this.#pool.on('connect', (client) => client.on('error', (error) => this.#lose(error)));
  }

  /**
   * Connects, claims and migrates the schema, frees the jobs of dead workers, asks again for what was lost, and starts
   * the workers.
   *
   * @throws QueueIsTaken, or what PostgreSQL says
   */
  static async open(options: QueueSessionOptions, connection: PgConnection): Promise<QueueSession> {
    const session = new QueueSession(options, connection);
    try {
      await session.#start();
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /**
   * Hands requests over as they come, until the session is lost or told to end.
   *
   * @param signal ends it in peace
   * @throws when the queue was lost
   */
  async serve(signal: AbortSignal): Promise<void> {
    const { world, config } = this.#options;
    using _ = { [Symbol.dispose]: world.onRequest(() => this.#wake.ring()) };
    signal.addEventListener('abort', () => this.#wake.ring(), { once: true });
    const relay = this.#relay();
    let reconcileAt = performance.now() + config.reconcileInterval;
    while (!signal.aborted) {
      await relay.handOver();
      const woken = await this.#wake.wait(LOOK_EVERY);
      if (this.#lostBecause) throw this.#lostBecause;
      if (woken) continue;
      if (!(await ownsSchema(this.#pool, config.schema, world.id))) {
        throw new QueueLost('The schema of the queue is gone.');
      }
      if (performance.now() < reconcileAt) continue;
      await this.#reconcile();
      reconcileAt = performance.now() + config.reconcileInterval;
    }
  }

  /** Stops the workers, gives what runs some time to end, and closes every connection. Never throws. */
  async close(): Promise<void> {
    const { logger } = this.#options;
    const stopped = Promise.allSettled(this.#runners.map(async (runner) => await runner.stop()));
    await Promise.race([stopped, delay(STOP_WITHIN, undefined, { ref: false })]);
    await Promise.resolve(this.#utils?.release()).catch((error: unknown) =>
      logger.debug({ err: error }, 'release'),
    );
    const ended = this.#pool.end().catch((error: unknown) => logger.debug({ err: error }, 'end'));
    await Promise.race([ended, delay(STOP_WITHIN, undefined, { ref: false })]);
  }

  async #start(): Promise<void> {
    const { world, config, logger } = this.#options;
    await claimSchema(this.#pool, config.schema, world.id);
    this.#utils = await makeWorkerUtils({
      pgPool: this.#pool,
      schema: config.schema,
      logger: graphileLogger(logger),
    });
    await this.#utils.migrate();
    await this.#freeDeadWorkers(this.#utils);
    await this.#reconcile();
    await this.#relay().handOver();
    for (const pool of POOLS) this.#runners.push(await this.#startWorkers(pool));
  }

  #relay(): Relay {
    const { world, logger } = this.#options;
    if (!this.#utils) throw new Error('The session has not started.');
    return new Relay(world, this.#utils, logger);
  }

  /** One world uses one schema and one process owns the world: whoever holds a lock now is dead. */
  async #freeDeadWorkers(utils: WorkerUtils): Promise<void> {
    const { schema } = this.#options.config;
    const { rows } = await this.#pool.query<{ locked_by: string }>(
      `SELECT DISTINCT locked_by FROM ${schema}.jobs WHERE locked_by IS NOT NULL`,
    );
    if (rows.length > 0) await utils.forceUnlockWorkers(rows.map(({ locked_by }) => locked_by));
  }

  async #reconcile(): Promise<void> {
    const { world, config, logger } = this.#options;
    const lost = await reconcile(world, this.#pool, config.schema);
    if (lost > 0) logger.info({ lost }, 'The queue had lost jobs; they are asked for again.');
  }

  async #startWorkers(pool: JobPool): Promise<Runner> {
    const { runner: jobs, config, logger } = this.#options;
    const runner = await run({
      pgPool: this.#pool,
      schema: config.schema,
      taskList: jobs.taskList(pool),
      concurrency: pool === 'world' ? config.worldConcurrency : config.outsideConcurrency,
      pollInterval: config.pollInterval,
      noHandleSignals: true,
      logger: graphileLogger(logger),
      preset: {
        worker: {
          // Due times are made from this machine's clock, so they are compared with it.
          useNodeTime: true,
          // A completion that cannot be written then ends the workers' promise instead of the process.
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
    runner.promise.then(
      () => this.#lose(new QueueLost('The workers stopped.')),
      (error: unknown) => this.#lose(error),
    );
    return runner;
  }

  #lose(reason: unknown): void {
    this.#lostBecause ??= reason;
    this.#wake.ring();
  }
}

/** Lets one waiter sleep until it is rung or a time has passed. A ring while nobody waits is kept. */
class Alarm {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** @returns whether it was rung */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#rung) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, milliseconds);
      await promise;
      clearTimeout(timer);
      this.#wake = undefined;
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}

/** What graphile-worker says goes to the log as details: what matters is said by the session itself. */
function graphileLogger(logger: Logger): GraphileLogger {
  return new GraphileLogger((scope) => (level, message, meta) => {
    logger.debug(
      { ...scope, ...(meta?.['error'] ? { err: meta['error'] } : {}), level: undefined },
      `graphile-worker ${level}: ${message}`,
    );
  });
}
