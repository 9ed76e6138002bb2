import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, replaceFile } from './files.ts';
import { isAlive } from './postmaster.ts';
import { PostgresUnavailable } from './server.ts';
import { userName } from './settings.ts';
import type { Site } from './site.ts';

/**
 * The files of one PostgreSQL. They make one directory, so that it appears, and is set aside, by one rename.
 * As root, only `data` and the log belong to PostgreSQL's user.
 */
export interface Cluster {
  readonly home: string;
  /** What PostgreSQL calls the data directory. */
  readonly data: string;
  readonly passwordFile: string;
  readonly log: string;
}

const unfinishedPrefix = 'unfinished-';
const asidePrefix = 'set-aside-';

/** Set aside clusters are kept for a look at what was wrong; nothing in them matters. */
const asideKept = 2;

export const clusterOf = (site: Site): Cluster => clusterAt(join(site.directory, 'cluster'));

function clusterAt(home: string): Cluster {
  return {
    home,
    data: join(home, 'data'),
    passwordFile: join(home, 'password'),
    log: join(home, 'server.log'),
  };
}

/** What is wrong with the cluster's files, in words that end a sentence; undefined if it can be tried. */
export async function defectOf(cluster: Cluster, site: Site): Promise<string | undefined> {
  const version = await readFile(join(cluster.data, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version.trim() === '') return 'it is incomplete';
  if (version.trim() !== String(site.major)) {
    return `it was written by PostgreSQL ${version.trim()}, this is ${site.major}`;
  }
  if ((await readPassword(cluster)) === undefined) return 'its password is lost';

  const { uid } = await stat(cluster.data);
  const expected = site.user.owner?.uid ?? process.getuid?.() ?? uid;
  return uid === expected ? undefined : `it belongs to user ${uid} and not to user ${expected}`;
}

export async function readPassword(cluster: Cluster): Promise<string | undefined> {
  const text = await readFile(cluster.passwordFile, 'utf8').catch(() => '');
  return text.trim() === '' ? undefined : text.trim();
}

export async function exists(cluster: Cluster): Promise<boolean> {
  return await stat(cluster.home).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

/**
 * Makes a new cluster, empty and not running, in a directory of its own beside the real one.
 *
 * @returns a cluster for `install`; a kill in between leaves something that `removeUnfinished` finds
 * @throws {PostgresUnavailable} with initdb's own words
 */
export async function prepareCluster(site: Site): Promise<Cluster> {
  const { user, binaries } = site;
  const name = `${unfinishedPrefix}${process.pid}-${randomBytes(4).toString('hex')}`;
  const cluster = clusterAt(join(site.directory, name));
  const password = randomBytes(24).toString('base64url');
  const passwordForInitdb = join(cluster.home, 'password-for-initdb');

  await mkdir(cluster.home, { mode: 0o700 });
  await mkdir(cluster.data, { mode: 0o700 });
  if (user.owner !== undefined) {
    await chown(cluster.data, user.owner.uid, user.owner.gid);
    await chmod(cluster.home, 0o711);
  }
  await replaceFile(cluster.passwordFile, `${password}\n`);
  await replaceFile(passwordForInitdb, `${password}\n`, user.owner);

  const made = await user.run(
    binaries.initdb,
    [
      `--pgdata=${cluster.data}`,
      `--username=${userName}`,
      `--pwfile=${passwordForInitdb}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    180_000,
  );
  await rm(passwordForInitdb, { force: true });
  if (made.succeeded) return cluster;

  await rm(cluster.home, { recursive: true, force: true });
  throw new PostgresUnavailable(
    `The embedded PostgreSQL could not be set up: ${lastLine(made.output)}; mend that, or set JOBS_DATABASE_URL.`,
  );
}

/** Moves a prepared cluster to its place, unless there is one by now, which then stays. */
export async function install(prepared: Cluster, cluster: Cluster): Promise<void> {
  await rename(prepared.home, cluster.home).catch(async (error: unknown) => {
    await rm(prepared.home, { recursive: true, force: true });
    if (!(await exists(cluster))) throw error;
  });
}

/**
 * Moves the cluster out of the way. It must not be running.
 *
 * @returns where it is now
 */
export async function setAside(cluster: Cluster, site: Site): Promise<string> {
  const moment = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const target = join(site.directory, `${asidePrefix}${moment}`);
  await rename(cluster.home, target);

  const older = (await readdir(site.directory)).filter((name) => name.startsWith(asidePrefix)).sort();
  for (const name of older.slice(0, -asideKept)) {
    await rm(join(site.directory, name), { recursive: true, force: true });
  }
  return target;
}

/** Removes what a killed process had begun to prepare. */
export async function removeUnfinished(site: Site): Promise<void> {
  for (const name of await readdir(site.directory)) {
    if (!name.startsWith(unfinishedPrefix)) continue;

    const pid = Number.parseInt(name.slice(unfinishedPrefix.length), 10);
    if (pid !== process.pid && isAlive(pid)) continue; // perhaps at work on it
    // An orphaned initdb may still be writing there, until its next line of output ends it. What is left by that is
    // removed at the next start.
    await rm(join(site.directory, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

/** Starts a new log, keeping the previous one, so that logs neither grow for ever nor mix. */
export async function rotateLog(cluster: Cluster, site: Site): Promise<void> {
  await rename(cluster.log, `${cluster.log}.previous`).catch(() => {});
  const file = await open(cluster.log, 'a', 0o600);
  try {
    if (site.user.owner !== undefined) await file.chown(site.user.owner.uid, site.user.owner.gid);
  } finally {
    await file.close();
  }
}

export async function readLog(cluster: Cluster): Promise<string> {
  return await readFile(cluster.log, 'utf8').catch(() => '');
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => !/^initdb: (removing|data directory)/.test(line));
  return lines.at(-1)?.replace(/\.$/, '') ?? 'no reason given';
}
