import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Binaries, binariesIn } from './binaries.ts';

/** Where root puts what PostgreSQL's user cannot reach at its own place. The first that can be used is used. */
export const sharedPlaces: readonly string[] = ['/var/lib/forgeling', join(tmpdir(), 'forgeling')];

/**
 * Makes sure that this directory exists, can be entered by everybody, and can be changed by root only: what lies in it
 * is executed and trusted later, and /tmp is open to every user of the machine.
 *
 * @throws Error saying what is wrong with it
 */
export async function secureSharedPlace(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path, { mode: 0o755 }).catch(() => {}); // there already, or the next line says why not

  const found = await lstat(path);
  if (!found.isDirectory()) throw new Error(`${path} is not a directory`);
  if (found.uid !== 0) throw new Error(`${path} belongs to user ${found.uid} instead of root`);
  if ((found.mode & 0o022) !== 0) throw new Error(`${path} can be changed by others than root`);
  await chmod(path, 0o755); // whatever the umask was
}

/**
 * Copies the PostgreSQL installation there, once for each version.
 *
 * @param version the output of `postgres --version`; part of the copy's name
 */
export async function copyBinaries(from: Binaries, version: string, place: string): Promise<Binaries> {
  const name = `${basename(dirname(from.home))}-${version}`.replaceAll(/[^\w.-]+/g, '-').toLowerCase();
  const target = join(place, name);
  if (await exists(target)) return binariesIn(target);

  // Copied beside and renamed: a copy that was cut short by a kill must not be taken for a whole one.
  const copy = await mkdtemp(join(place, 'copying-'));
  await cp(from.home, copy, { recursive: true, verbatimSymlinks: true });
  await openForReading(copy);
  await rename(copy, target).catch(async (error: unknown) => {
    await rm(copy, { recursive: true, force: true });
    if (!(await exists(target))) throw error; // else another bot was faster, with the same files
  });
  return binariesIn(target);
}

/** Lets everybody read what is below, and run what its owner can run: npm may have installed it under umask 077. */
async function openForReading(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    if (!entry.isFile()) continue;
    const { mode } = await stat(path);
    await chmod(path, (mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
