import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode, type FileOwner, replaceFile } from './files.ts';
import { runProgram } from './runProgram.ts';

/** What postmaster.pid says. It outlives a server that was killed, and its process id may since belong to anybody. */
export interface LockFile {
  readonly pid: number;
  /** Undefined while the server is only beginning to start. */
  readonly port: number | undefined;
  readonly text: string;
}

/** Who has the process id of a lock file: our server, somebody else, nobody, or it cannot be told on this platform. */
export type Holder = 'server' | 'stranger' | 'nobody' | 'unknown';

/** A process id that no system hands out. */
const impossiblePid = 2_147_483_646;

const lockFilePath = (dataDirectory: string) => join(dataDirectory, 'postmaster.pid');

/** The lock file in a data directory, if there is one that names a process. */
export async function readLockFile(dataDirectory: string): Promise<LockFile | undefined> {
  const text = await readFile(lockFilePath(dataDirectory), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;

  // Lines: process id, data directory, start time, port, socket directory, listen address, shared memory, state.
  const [first = '', , , fourth = ''] = text.split('\n');
  const pid = Math.abs(Number.parseInt(first, 10)); // negative: initdb or single-user mode
  if (!Number.isInteger(pid) || pid === 0 || pid === impossiblePid) return undefined;

  const port = Number.parseInt(fourth, 10);
  return { pid, port: Number.isInteger(port) && port > 0 ? port : undefined, text };
}

/** Who has this process id now, seen from `dataDirectory`. */
export async function holderOf(pid: number, dataDirectory: string): Promise<Holder> {
  if (!isAlive(pid)) return 'nobody';
  if (process.platform === 'win32') return 'unknown';

  const command = process.platform === 'linux' ? await linuxCommand(pid) : await otherCommand(pid);
  if (command === undefined) return 'unknown';
  if (command === '') return 'nobody'; // dead, but not yet collected by its parent

  // Processes of PostgreSQL that are not the first one show titles such as "postgres: checkpointer".
  if (!/(^|[/\\])postgres(\0| -D )/.test(command)) return 'stranger';

  const workingDirectory = await workingDirectoryOf(pid);
  const data = await realpath(dataDirectory).catch(() => dataDirectory);
  if (workingDirectory !== undefined) return workingDirectory === data ? 'server' : 'stranger';
  return command.includes(data) ? 'server' : 'unknown';
}

/**
 * Makes a lock file harmless whose process id belongs to nobody or to a stranger: PostgreSQL refuses to start while a
 * process of the same user has that id, even one that has nothing to do with it, or a zombie.
 *
 * The file is not deleted. It also names the shared memory that the dead server's children may still write through,
 * and PostgreSQL refuses to start until they are gone; deleting the file would take this protection away.
 */
export async function disarmLockFile(
  dataDirectory: string,
  lockFile: LockFile,
  owner: FileOwner | undefined,
): Promise<void> {
  const current = await readLockFile(dataDirectory);
  if (current?.text !== lockFile.text) return; // somebody has just started a server

  const [, ...rest] = lockFile.text.split('\n');
  await replaceFile(lockFilePath(dataDirectory), [impossiblePid, ...rest].join('\n'), owner);
}

/** Processes of PostgreSQL that work in this data directory. Only where /proc tells; elsewhere none are seen. */
export async function serverProcesses(dataDirectory: string): Promise<number[]> {
  const data = await realpath(dataDirectory).catch(() => dataDirectory);
  const names = await readdir('/proc').catch(() => []);
  const found: number[] = [];

  for (const pid of names.filter((name) => /^\d+$/.test(name)).map(Number)) {
    if ((await workingDirectoryOf(pid)) !== data) continue;
    const executable = await readlink(`/proc/${pid}/exe`).catch(() => '');
    if (basename(executable).startsWith('postgres')) found.push(pid);
  }
  return found;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** The command line with NUL between its parts; empty for a zombie or a process that has just ended. */
async function linuxCommand(pid: number): Promise<string | undefined> {
  return await readFile(`/proc/${pid}/cmdline`, 'utf8').catch((error: unknown) =>
    errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH' ? '' : undefined,
  );
}

async function otherCommand(pid: number): Promise<string | undefined> {
  const { succeeded, output } = await runProgram('ps', ['-o', 'command=', '-p', String(pid)], {
    timeout: 5_000,
  });
  return succeeded ? output : undefined;
}

/** Readable for processes of our own user, and for root unless a container took that right away. */
async function workingDirectoryOf(pid: number): Promise<string | undefined> {
  return await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}
