import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { type Cluster, readPassword } from './cluster.ts';
import {
  codeOf,
  duplicateDatabase,
  missingDatabase,
  reasonOf,
  withClient,
  wrongPassword,
} from './connect.ts';
import { disarmLockFile, holderOf, type LockFile, readLockFile } from './postmaster.ts';
import { type PgConnection, PostgresUnavailable } from './server.ts';
import { databaseName, userName } from './settings.ts';
import type { Site } from './site.ts';

export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly port: number; readonly connection: PgConnection }
  /** It is ours, but the password that was kept is not the one that it knows. */
  | { readonly kind: 'locked-out' };

/** Milliseconds for one connection, and for a server to finish starting, recovering or stopping. */
const answerTimeout = 5_000;
const patience = 60_000;
const pollInterval = 50;

/**
 * The server that runs on this cluster, whoever started it. Waits for one that is just starting or stopping, and makes
 * the lock file of a dead one harmless.
 *
 * @throws {PostgresUnavailable} if something runs there that does not answer
 */
export async function findServer(cluster: Cluster, site: Site): Promise<Found> {
  const deadline = Date.now() + patience;

  for (;;) {
    const lockFile = await readLockFile(cluster.data);
    if (lockFile === undefined) return { kind: 'none' };

    const holder = await holderOf(lockFile.pid, cluster.data);
    if (holder === 'nobody' || holder === 'stranger') {
      await disarmLockFile(cluster.data, lockFile, site.user.owner);
      return { kind: 'none' };
    }
    const answer = await ask(cluster, lockFile);
    if (answer.kind === 'running') return answer;
    if (answer.kind === 'locked-out' && holder === 'server') return answer;
    if (Date.now() > deadline) throw silent(cluster, lockFile, answer);

    await pause(pollInterval);
  }
}

type Answer = Found | { readonly kind: 'failed'; readonly reason: string };

async function ask(cluster: Cluster, lockFile: LockFile): Promise<Answer> {
  const { port } = lockFile;
  if (port === undefined) return { kind: 'failed', reason: 'it has not opened its port yet' };

  const password = await readPassword(cluster);
  if (password === undefined) return { kind: 'locked-out' };

  const connection = { host: '127.0.0.1', port, user: userName, password, database: databaseName };
  try {
    const sameLock = await readItsLock(connection).catch(async (error: unknown) => {
      if (codeOf(error) !== missingDatabase) throw error;
      await createDatabase(connection);
      return await readItsLock(connection);
    });
    if (sameIdentity(sameLock, lockFile.text)) return { kind: 'running', port, connection };
    return { kind: 'failed', reason: 'another PostgreSQL answers on its port' };
  } catch (error) {
    if (codeOf(error) === wrongPassword) return { kind: 'locked-out' };
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

/** The server's own view of its lock file: proof that it works on these files, whatever their path is called. */
async function readItsLock(connection: PgConnection): Promise<string> {
  return await withClient(connection, answerTimeout, async (client: pg.Client) => {
    const { rows } = await client.query<{ text: string }>("SELECT pg_read_file('postmaster.pid') AS text");
    return rows[0]?.text ?? '';
  });
}

async function createDatabase(connection: PgConnection): Promise<void> {
  await withClient({ ...connection, database: 'postgres' }, patience, async (client: pg.Client) => {
    await client.query(`CREATE DATABASE ${databaseName}`);
  }).catch((error: unknown) => {
    if (codeOf(error) !== duplicateDatabase) throw error;
  });
}

/** Process id, directory and start time; the last line changes while a server starts. */
function sameIdentity(one: string, other: string): boolean {
  const identity = (text: string) => text.split('\n').slice(0, 3).join('\n');
  return identity(one) === identity(other);
}

function silent(cluster: Cluster, { pid }: LockFile, answer: Answer): PostgresUnavailable {
  const reason = answer.kind === 'failed' ? answer.reason : 'it refuses our password';
  return new PostgresUnavailable(
    `Process ${pid} holds the embedded PostgreSQL in ${cluster.data}, but cannot be used: ${reason}.`,
  );
}
