import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Cluster,
  clusterOf,
  defectOf,
  exists,
  install,
  prepareCluster,
  removeUnfinished,
  setAside,
} from './cluster.ts';
import { type StopMode, startServer, stopServer } from './control.ts';
import { type Found, findServer } from './findServer.ts';
import { holderOf, readLockFile, serverProcesses } from './postmaster.ts';
import { type Logger, type PgConnection, type PostgresServer, PostgresUnavailable } from './server.ts';
import { findSite, type Site, type SiteOptions } from './site.ts';

export interface EmbeddedOptions extends SiteOptions {
  /** Where it keeps everything; made if missing. One bot at a time: whoever holds the world's lock. */
  readonly directory: string;
  readonly logger: Logger;
  /** A port to insist on. By default any free one is taken, which may be another after each start. */
  readonly port?: number;
  /** Default 40: two worker pools of five, the relay, and room to look at it with psql. */
  readonly maxConnections?: number;
}

export interface EmbeddedServer extends PostgresServer {
  /** @param mode `immediate` ends it without a goodbye, as a crash would; default `fast` */
  stop(mode?: StopMode): Promise<void>;
}

const startAttempts = 5;
const defaultMaxConnections = 40;

/**
 * A PostgreSQL of our own, run from the binaries that npm installed, outliving the bot if the bot is killed.
 *
 * Nothing that matters is in it (R4), so data that cannot be used is set aside and replaced by new data.
 */
export function embeddedPostgres(options: EmbeddedOptions): EmbeddedServer {
  return new EmbeddedPostgres(options);
}

class EmbeddedPostgres implements EmbeddedServer {
  readonly description: string;
  readonly #options: EmbeddedOptions;
  #site: Site | undefined;
  #lastPort: number | undefined;
  /** Whether the data was replaced and has not run since: then the fault is not in the data. */
  #replaced = false;
  #starting: Promise<PgConnection> | undefined;
  /** The end of the last start or stop; each waits for the one before. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: EmbeddedOptions) {
    this.#options = options;
    this.description = `embedded PostgreSQL in ${options.directory}`;
  }

  ensureRunning(): Promise<PgConnection> {
    if (this.#starting !== undefined) return this.#starting;

    const starting = this.#inTurn(() => this.#bringUp()).finally(() => {
      if (this.#starting === starting) this.#starting = undefined;
    });
    this.#starting = starting;
    return starting;
  }

  stop(mode: StopMode = 'fast'): Promise<void> {
    this.#starting = undefined; // who asks from now on wants a start after this stop
    return this.#inTurn(() => this.#bringDown(mode));
  }

  async #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    try {
      return await action();
    } catch (cause) {
      if (cause instanceof PostgresUnavailable) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new PostgresUnavailable(`The ${this.description} cannot be used: ${reason}.`, { cause });
    } finally {
      resolve();
    }
  }

  async #bringUp(): Promise<PgConnection> {
    const site = await this.#findSite();
    const cluster = clusterOf(site);

    await removeUnfinished(site);
    if (!(await exists(cluster))) await this.#create(cluster, site);

    const outcome = await this.#run(cluster, site);
    if (outcome.kind === 'running') return this.#use(outcome);
    if (this.#replaced) throw this.#doesNotStart(outcome.reason);

    await this.#replace(cluster, site, outcome.reason);
    const second = await this.#run(cluster, site);
    if (second.kind === 'running') return this.#use(second);
    throw this.#doesNotStart(second.reason);
  }

  async #bringDown(mode: StopMode): Promise<void> {
    if (this.#site === undefined) return; // never asked to run

    const cluster = clusterOf(this.#site);
    const lockFile = await readLockFile(cluster.data);
    if (lockFile === undefined) return;

    const holder = await holderOf(lockFile.pid, cluster.data);
    const ours =
      holder === 'unknown' ? (await findServer(cluster, this.#site)).kind === 'running' : holder === 'server';
    if (!ours) return await endLeftovers(cluster);

    await this.#end(cluster, this.#site, lockFile.pid, mode);
    this.#options.logger.info({ pid: lockFile.pid }, 'embedded PostgreSQL stopped');
  }

  async #findSite(): Promise<Site> {
    if (this.#site !== undefined) return this.#site;

    const site = await findSite(this.#options);
    const { user, directory, binaries } = site;
    this.#options.logger.info(
      { user: user.description, directory, binaries: binaries.home },
      'embedded PostgreSQL can run here',
    );
    this.#site = site;
    return site;
  }

  async #create(cluster: Cluster, site: Site): Promise<void> {
    await install(await prepareCluster(site), cluster);
    this.#options.logger.info({ directory: cluster.home }, 'embedded PostgreSQL set up');
  }

  /** Finds or starts the server; otherwise says what is wrong with the cluster, which then does not run. */
  async #run(cluster: Cluster, site: Site): Promise<Running | Unusable> {
    const found = await this.#find(cluster, site);
    if (found.kind !== 'none') return found;

    const defect = await defectOf(cluster, site);
    if (defect !== undefined) return { kind: 'unusable', reason: defect };

    return await this.#start(cluster, site);
  }

  async #find(cluster: Cluster, site: Site): Promise<Running | Unusable | { kind: 'none' }> {
    const found = await findServer(cluster, site);
    if (found.kind !== 'locked-out') return found;

    const lockFile = await readLockFile(cluster.data);
    if (lockFile !== undefined) await this.#end(cluster, site, lockFile.pid, 'fast');
    return { kind: 'unusable', reason: 'it refuses the password that was kept for it' };
  }

  async #start(cluster: Cluster, site: Site): Promise<Running | Unusable> {
    const { logger, maxConnections = defaultMaxConnections } = this.#options;
    let reason = '';

    for (let attempt = 1; attempt <= startAttempts; attempt++) {
      const port = this.#options.port ?? (attempt === 1 ? this.#lastPort : undefined) ?? (await freePort());
      const outcome = await startServer(cluster, site, { port, maxConnections });

      // Looked for whatever pg_ctl said: somebody else may have been faster, or recovery may take longer.
      const found = await this.#find(cluster, site);
      if (found.kind !== 'none') {
        if (outcome.kind === 'started') logger.info({ port }, 'embedded PostgreSQL started');
        return found;
      }
      if (outcome.kind === 'started') return { kind: 'unusable', reason: 'it ended right after its start' };

      reason = outcome.lines;
      if (outcome.kind === 'failed') return { kind: 'unusable', reason };
      if (outcome.kind === 'leftovers') await endLeftovers(cluster);
      if (outcome.kind === 'port-taken' && port === this.#options.port) break;
      logger.debug({ port, reason: outcome.kind }, 'embedded PostgreSQL is started again');
    }
    throw this.#doesNotStart(reason);
  }

  async #end(cluster: Cluster, site: Site, pid: number, mode: StopMode): Promise<void> {
    const stopped = await stopServer(cluster, site, mode);
    if (!stopped.succeeded) await stopServer(cluster, site, 'immediate');

    // pg_ctl returns when the lock file is gone, the process ends a moment later.
    const ended = await waitUntil(async () => (await holderOf(pid, cluster.data)) !== 'server');
    if (ended) return;
    throw new PostgresUnavailable(`The ${this.description} does not stop: ${stopped.output}.`);
  }

  async #replace(cluster: Cluster, site: Site, reason: string): Promise<void> {
    // Made first: if the disk is full or memory short, this fails too, and the old data is not to blame.
    const prepared = await prepareCluster(site);
    const keptIn = await setAside(cluster, site);
    await install(prepared, cluster);
    this.#replaced = true;
    this.#options.logger.warn(
      { reason, keptIn },
      'embedded PostgreSQL data could not be used: set aside, and started new; the queue is rebuilt from SQLite',
    );
  }

  #use(running: Running): PgConnection {
    this.#replaced = false;
    this.#lastPort = running.port;
    return running.connection;
  }

  #doesNotStart(reason: string): PostgresUnavailable {
    return new PostgresUnavailable(`The ${this.description} does not start: ${reason}.`);
  }
}

type Running = Extract<Found, { kind: 'running' }>;

interface Unusable {
  readonly kind: 'unusable';
  readonly reason: string;
}

/**
 * Ends what a killed server left behind. Its children end by themselves when they notice, which in the middle of a
 * long query is at its end; after a while they get the signal that the server itself would send after a crash.
 */
async function endLeftovers(cluster: Cluster): Promise<void> {
  const ended = await waitUntil(async () => (await serverProcesses(cluster.data)).length === 0, 3_000);
  if (ended) return;

  for (const pid of await serverProcesses(cluster.data)) process.kill(pid, 'SIGQUIT');
  await waitUntil(async () => (await serverProcesses(cluster.data)).length === 0);
}

async function waitUntil(condition: () => Promise<boolean>, milliseconds = 5_000): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (Date.now() < deadline) {
    if (await condition()) return true;
    await pause(25);
  }
  return await condition();
}

/** A port that was free a moment ago. Whether it still is shows when the server starts. */
async function freePort(): Promise<number> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', resolve);
  await promise;

  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
