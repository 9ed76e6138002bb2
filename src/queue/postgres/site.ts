import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Binaries, packagedBinaries } from './binaries.ts';
import { runProgram } from './runProgram.ts';
import { PostgresUnavailable } from './server.ts';
import { type RootMethod, type ServerUser, serverUsers } from './serverUser.ts';
import { copyBinaries, secureSharedPlace, sharedPlaces } from './sharedPlace.ts';

/** As whom PostgreSQL runs here, with which binaries, and in which directory. */
export interface Site {
  readonly user: ServerUser;
  readonly binaries: Binaries;
  /** Major version of the binaries; data of another one cannot be used. */
  readonly major: number;
  /** An existing directory that `user` can enter, without links in its path. */
  readonly directory: string;
}

export interface SiteOptions {
  readonly directory: string;
  /** What to try as root, in this order; default both, mapping first. */
  readonly rootMethods?: readonly RootMethod[];
  /** Where root puts what the server's user cannot reach; the first that can be used is used. */
  readonly sharedPlaces?: readonly string[];
  /** Default: the ones that npm installed. */
  readonly binaries?: Binaries;
}

/**
 * Finds a way to run PostgreSQL here.
 *
 * Everything stays where it is wherever that works. Only if the server's user cannot reach the binaries or the
 * directory, as under a home of mode 0700, root puts them where it can.
 *
 * @throws {PostgresUnavailable} saying what was tried
 */
export async function findSite(options: SiteOptions): Promise<Site> {
  const packaged = options.binaries ?? (await packagedBinaries());
  const directory = await makeDirectory(options.directory);
  const places = options.sharedPlaces ?? sharedPlaces;
  const refusals: string[] = [];

  for (const user of await serverUsers(options.rootMethods ?? ['map-user', 'system-user'])) {
    const site = await siteFor(user, packaged, directory, places);
    if (typeof site !== 'string') return site;
    refusals.push(`as ${user.description}: ${site}`);
  }
  const tried = refusals.join('; ') || 'PostgreSQL refuses to run as root, and there is no other user';
  throw new PostgresUnavailable(
    `The embedded PostgreSQL cannot run here (${tried}); set JOBS_DATABASE_URL to a PostgreSQL of your own.`,
  );
}

async function makeDirectory(path: string): Promise<string> {
  refuseUnsafe(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await mkdir(path, { recursive: true, mode: 0o700 });
    return await realpath(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostgresUnavailable(
      `The directory ${path} for the embedded PostgreSQL cannot be made: ${reason}.`,
      {
        cause,
      },
    );
  }
}

/** pg_ctl puts paths between double quotes into a shell command, in which these characters mean something. */
function refuseUnsafe(path: string): void {
  if (process.platform === 'win32' || !/["$`\\\n]/.test(path)) return;
  throw new PostgresUnavailable(
    `The embedded PostgreSQL cannot live in ${path}, because of a character in ", $, \` and \\; choose another DATA_DIR or set JOBS_DATABASE_URL.`,
  );
}

/** A site for this user, or why there is none. */
async function siteFor(
  user: ServerUser,
  packaged: Binaries,
  directory: string,
  places: readonly string[],
): Promise<Site | string> {
  const works = await user.run('/bin/sh', ['-c', 'exit 0']);
  if (user.restricted && !works.succeeded) return firstLine(works.output);

  let binaries = packaged;
  let version = await user.run(packaged.postgres, ['--version']);
  if (!version.succeeded && user.restricted) {
    const place = await findPlace(places);
    if (place === undefined) return `it cannot reach the binaries, and ${places.join(' or ')} cannot be used`;
    binaries = await copyBinaries(
      packaged,
      (await runProgram(packaged.postgres, ['--version'], { timeout: 10_000 })).output,
      place,
    );
    version = await user.run(binaries.postgres, ['--version']);
  }
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(version.output)?.[1]);
  if (!version.succeeded || !Number.isInteger(major)) return firstLine(version.output);

  const reachable = await reachableDirectory(user, directory, places);
  if (reachable === undefined)
    return `it cannot enter ${directory}, and ${places.join(' or ')} cannot be used`;
  return { user, binaries, major, directory: reachable };
}

async function reachableDirectory(
  user: ServerUser,
  directory: string,
  places: readonly string[],
): Promise<string | undefined> {
  if (!user.restricted) return directory;

  if (user.owner !== undefined) await chmod(directory, 0o711); // to be entered, not to be listed
  const entered = await user.run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory]);
  if (entered.succeeded) return directory;

  const place = await findPlace(places);
  if (place === undefined) return undefined;
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  const elsewhere = join(place, `data-${name}`);
  await secureSharedPlace(elsewhere);
  return elsewhere;
}

async function findPlace(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    const usable = await secureSharedPlace(place).then(
      () => true,
      () => false,
    );
    if (usable) return place;
  }
  return undefined;
}

function firstLine(output: string): string {
  return output.trim().split('\n')[0]?.replace(/\.$/, '') ?? 'no reason given';
}
