import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { setImmediate as nextRound } from 'node:timers/promises';
import {
  Logger as GraphileLogger,
  makeWorkerUtils,
  type Runner,
  run,
  type WorkerEvents,
  type WorkerUtils,
} from 'graphile-worker';
import pg from 'pg';
import type { JobsConfig } from '../config/schema.ts';
import type { Logger } from '../ops/logger.ts';
import type { World } from '../world/world.ts';
import { Alarm } from './alarm.ts';
import type { JobRunner } from './job-runner.ts';
import { PatientPool } from './patient-pool.ts';
import type { PgConnection } from './postgres/server.ts';
import { reconcile } from './reconcile.ts';
import { Relay } from './relay.ts';
import { type JobPool, POOLS } from './runnable-job.ts';
import { claimSchema, ownsSchema } from './schema-claim.ts';
import { within } from './within.ts';

/** How often the session looks for requests that other processes committed, and whether its schema is still there. */
const LOOK_EVERY = 1_000;

/** How long workers may take to finish what they are at when the session ends in peace. */
export const STOP_WITHIN = 6_000;

/** How long PostgreSQL may take to hear the last words of the session, and to say goodbye. */
const CLOSE_WITHIN = 1_000;

/** No query of the queue takes this long; a connection on which one does leads nowhere. */
const QUERY_TIMEOUT = 15_000;

/** Connections beside one for each worker: listening, handing over, looking. */
const MORE_CONNECTIONS = 4;

/** Workers share connections beyond this: each needs one only for a moment, and an embedded server has 40. */
const MOST_CONNECTIONS = 20;

export interface QueueSessionOptions {
  readonly world: World;
  readonly runner: JobRunner;
  readonly config: JobsConfig;
  readonly logger: Logger;
}

/** The queue was lost although PostgreSQL is there: its schema was dropped, or a worker gave up. */
class QueueLost extends Error {
  override readonly name = 'QueueLost';
}

/** One life of the queue: from connecting to PostgreSQL to losing it. */
export class QueueSession {
  readonly #options: QueueSessionOptions;
  /** Told to end. */
  readonly #signal: AbortSignal;
  readonly #pool: pg.Pool;
  readonly #sockets = new Set<Socket>();
  readonly #wake = new Alarm();
  /** Rejected when the session was lost. */
  readonly #lost = Promise.withResolvers<never>();
  readonly #runners: Runner[] = [];
  /** The names under which our workers lock jobs. */
  readonly #workers = new Set<string>();
  #utils: WorkerUtils | undefined;
  #cutOff = false;

  private constructor(options: QueueSessionOptions, connection: PgConnection, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#lost.promise.catch(() => undefined);
    const { worldConcurrency, outsideConcurrency } = options.config;
    this.#pool = new PatientPool({
      ...connection,
      max: Math.min(worldConcurrency + outsideConcurrency + MORE_CONNECTIONS, MOST_CONNECTIONS),
      connectionTimeoutMillis: 5_000,
      query_timeout: QUERY_TIMEOUT,
      keepAlive: true,
      stream: () => this.#openSocket(),
    });
    // Without these a connection that breaks while nobody uses it ends the process.
    this.#pool.on('error', (error) => this.#lose(error));
    this.#pool.on('connect', (client) => client.on('error', (error) => this.#lose(error)));
  }

  /**
   * Connects, claims and migrates the schema, frees the jobs of dead workers, asks again for what was lost, starts the
   * workers, and hands requests over as they come; until the session is lost or told to end. Leaves no connection.
   *
   * @param signal ends it in peace: jobs under way may end, and nothing is left locked
   * @param onRunning called when jobs are being run
   * @throws QueueIsTaken, what PostgreSQL says, or how the session was lost
   */
  static async live(
    options: QueueSessionOptions,
    connection: PgConnection,
    signal: AbortSignal,
    onRunning: () => void,
  ): Promise<void> {
    const session = new QueueSession(options, connection, signal);
    const told = Promise.withResolvers<void>();
    const tell = () => told.resolve();
    signal.addEventListener('abort', tell);
    if (signal.aborted) tell();
    try {
      await Promise.race([session.#work(onRunning), session.#lost.promise, told.promise]);
      await session.#finish();
    } finally {
      signal.removeEventListener('abort', tell);
      await session.#cut();
    }
  }

  get #isOver(): boolean {
    return this.#cutOff || this.#signal.aborted;
  }

  async #work(onRunning: () => void): Promise<void> {
    const { world, config, logger } = this.#options;
    using _ = { [Symbol.dispose]: world.onRequest(() => this.#wake.ring()) };
    await claimSchema(this.#pool, config.schema, world.id);
    const { schema } = config;
    this.#utils = await makeWorkerUtils({ pgPool: this.#pool, schema, logger: graphileLogger(logger) });
    await this.#reconcile(this.#utils);
    const relay = new Relay(world, this.#utils, logger);
    await relay.handOver();
    for (const pool of POOLS) await this.#startWorkers(pool);
    onRunning();

    let lookAt = performance.now() + LOOK_EVERY;
    let reconcileAt = performance.now() + config.reconcileInterval;
    while (!this.#isOver) {
      await relay.handOver();
      await this.#wake.wait(LOOK_EVERY);
      if (performance.now() < lookAt) continue;
      lookAt = performance.now() + LOOK_EVERY;
      if (!(await ownsSchema(this.#pool, schema, world.id))) {
        throw new QueueLost('The schema of the queue is gone.');
      }
      if (performance.now() < reconcileAt) continue;
      reconcileAt = performance.now() + config.reconcileInterval;
      await this.#reconcile(this.#utils);
    }
  }

  async #reconcile(utils: WorkerUtils): Promise<void> {
    const { world, config, logger } = this.#options;
    await this.#freeDeadWorkers(utils);
    const lost = await reconcile(world, this.#pool, config.schema);
    if (lost > 0) logger.info({ lost }, 'The queue had lost jobs; they are asked for again.');
    // What was given up is asked for again in a row of its own.
    await utils.cleanup({ tasks: ['DELETE_PERMAFAILED_JOBS'] });
  }

  /** One world uses one schema and one process owns the world: whoever else holds a lock is dead. */
  async #freeDeadWorkers(utils: WorkerUtils): Promise<void> {
    const schema = pg.escapeIdentifier(this.#options.config.schema);
    const { rows } = await this.#pool.query<{ locked_by: string }>(
      `SELECT DISTINCT locked_by FROM ${schema}.jobs WHERE locked_by <> ALL($1)`,
      [[...this.#workers]],
    );
    if (rows.length > 0) await utils.forceUnlockWorkers(rows.map(({ locked_by }) => locked_by));
  }

  async #startWorkers(pool: JobPool): Promise<void> {
    const { runner: jobs, config, logger } = this.#options;
    const taskList = jobs.taskList(pool);
    if (Object.keys(taskList).length === 0) return;
    const runner = await run({
      pgPool: this.#pool,
      schema: config.schema,
      taskList,
      concurrency: pool === 'world' ? config.worldConcurrency : config.outsideConcurrency,
      pollInterval: config.pollInterval,
      noHandleSignals: true,
      logger: graphileLogger(logger),
      events: this.#watchWorkers(),
      preset: {
        plugins: [this.#shutdownPlugin()],
        worker: {
          // Due times are made from this machine's clock, so they are compared with it.
          useNodeTime: true,
          // A completion that cannot be written then ends the workers' promise instead of the process.
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
    this.#runners.push(runner);
    runner.promise.then(
      () => this.#lose(new QueueLost('The workers stopped.')),
      (error: unknown) => this.#lose(error),
    );
    if (!this.#isOver) return;
    await this.#stopWorkers();
    throw new QueueLost('The session ended while it began.');
  }

  /** A worker that cannot take or end a job would otherwise go on, or wait for the others, without saying so. */
  #watchWorkers(): WorkerEvents {
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => this.#workers.add(workerPool.id));
    events.on('pool:fatalError', ({ error }) => this.#lose(error));
    events.on('worker:getJob:error', ({ error }) => this.#lose(error));
    return events;
  }

  /**
   * A worker that is told to stop while it waits for PostgreSQL writes a trace to standard error when its query fails:
   * when workers stop because PostgreSQL is gone, their queries fail first.
   */
  #shutdownPlugin(): GraphileConfig.Plugin {
    return {
      name: 'forgeling-shutdown',
      version: '1',
      worker: {
        middleware: {
          poolGracefulShutdown: async (next) => {
            if (this.#cutOff) await this.#failQueries();
            return next();
          },
        },
      },
    };
  }

  #lose(reason: unknown): void {
    this.#cutOff = true;
    this.#lost.reject(reason);
    this.#wake.ring();
  }

  /** Gives what runs some time to end, and leaves nothing locked. */
  async #finish(): Promise<void> {
    this.#wake.ring();
    await within(STOP_WITHIN, this.#stopWorkers());
    const unlocked = this.#utils?.forceUnlockWorkers([...this.#workers]);
    await within(CLOSE_WITHIN, Promise.resolve(unlocked));
    await within(CLOSE_WITHIN, this.#pool.end());
  }

  /**
   * Closes every connection, whatever it is used for: nothing hangs, and the next session need not wait. Jobs that run
   * go on; that they have ended is found in the world. Never throws.
   */
  async #cut(): Promise<void> {
    this.#cutOff = true;
    await this.#failQueries();
    void this.#stopWorkers();
    await within(CLOSE_WITHIN, this.#pool.end());
    await this.#failQueries();
  }

  async #failQueries(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await nextRound();
  }

  /** Never throws; that a runner was stopped before doesn't matter. */
  async #stopWorkers(): Promise<void> {
    await Promise.allSettled(this.#runners.flatMap((runner) => [runner.stop(), runner.promise]));
  }

  #openSocket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
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
