import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { embeddedPostgres } from '../../../src/queue/postgres/embeddedPostgres.ts';
import { holderOf, isAlive, readLockFile } from '../../../src/queue/postgres/postmaster.ts';
import type { Logger, PgConnection } from '../../../src/queue/postgres/server.ts';

/** One PostgreSQL for a test run; a database for each test. */
export interface TestPostgres {
  /** A connection URL for `createDatabaseOn`; a plain string, so that vitest's `provide` can hand it to tests. */
  readonly adminUrl: string;
  /** @returns the URL of a new, empty database */
  createDatabase(): Promise<string>;
  /** Drops a database whoever is connected to it. */
  dropDatabase(url: string): Promise<void>;
  /** Takes the server away from under its clients; `immediate` as a crash would. */
  stopServer(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Brings it back on the same port with the same data. */
  startServer(): Promise<void>;
  /** Stops it and removes everything. */
  destroy(): Promise<void>;
}

const prefix = 'forgeling-test-postgres-';

/** @param directory default: a new one below the system's temporary directory */
export async function startTestPostgres(directory?: string): Promise<TestPostgres> {
  await removeAbandoned();
  const home = directory ?? (await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`)));
  const options = { directory: home, logger: silentLogger, maxConnections: 200 };
  const connection = await embeddedPostgres(options).ensureRunning();
  const server = embeddedPostgres({
    ...options,
    ...(connection.port === undefined ? {} : { port: connection.port }),
  });
  const adminUrl = urlOf(connection);
  await server.ensureRunning();

  return {
    adminUrl,
    createDatabase: () => createDatabaseOn(adminUrl),
    dropDatabase: (url) => dropDatabaseOn(adminUrl, url),
    stopServer: (mode) => server.stop(mode),
    startServer: async () => {
      await server.ensureRunning();
    },
    destroy: async () => {
      await server.stop('immediate');
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** @returns the URL of a new, empty database on the server that `adminUrl` points to */
export async function createDatabaseOn(adminUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(adminUrl, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabaseOn(adminUrl: string, url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await execute(adminUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
}

/** The URL form of what `ensureRunning` returned. */
export function urlOf(connection: PgConnection): string {
  const { user, password, host, port, database } = connection;
  return `postgres://${user}:${password}@${host}:${port}/${database}`;
}

/** PostgreSQL's code for a deadlock, of which it ends one of the two at random. */
const DEADLOCK = '40P01';

/** Runs one statement on a connection of its own, again where it met the workers in a deadlock. */
export async function execute(
  connectionString: string,
  statement: string,
): Promise<Record<string, unknown>[]> {
  for (;;) {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(statement);
      return rows;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== DEADLOCK) throw error;
    } finally {
      await client.end();
    }
  }
}

export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {} };

/** Ends and removes what a test run left that was killed: its server outlives it, as the bot's does. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    if (isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;

    const directory = join(tmpdir(), name);
    const { uid } = await stat(directory);
    if (uid !== process.getuid?.()) continue;

    const data = join(directory, 'cluster', 'data');
    const lockFile = await readLockFile(data).catch(() => undefined);
    if (lockFile !== undefined && (await holderOf(lockFile.pid, data)) === 'server') {
      process.kill(lockFile.pid, 'SIGQUIT');
    }
    await rm(directory, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  }
}
