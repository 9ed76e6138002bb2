import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, vi } from 'vitest';
import {
  type EmbeddedOptions,
  type EmbeddedServer,
  embeddedPostgres,
} from '../../../src/queue/postgres/embeddedPostgres.ts';
import { holderOf, readLockFile, serverProcesses } from '../../../src/queue/postgres/postmaster.ts';
import type { Logger } from '../../../src/queue/postgres/server.ts';
import { silentLogger } from './support.ts';

const ownerScript = join(import.meta.dirname, 'owner.ts');

/** A directory of its own for the test, whose server is ended and which is removed afterwards. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await makeTemporaryDirectory();
  onTestFinished(() => removeWithServers(directory));
  return directory;
}

/** A directory that every user may enter, with a space in its name. The caller ends with `removeWithServers`. */
export async function makeTemporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'forgeling test '));
  await chmod(directory, 0o755);
  return directory;
}

export function serverIn(directory: string, options: Partial<EmbeddedOptions> = {}): EmbeddedServer {
  return embeddedPostgres({ directory, logger: silentLogger, ...options });
}

/** A logger that keeps its warnings. */
export function recordingLogger(): Logger & { readonly warnings: object[] } {
  const warnings: object[] = [];
  return { ...silentLogger, warnings, warn: (facts) => warnings.push(facts) };
}

export interface Owner {
  readonly process: ChildProcess;
  /** What `ensureRunning` returned there; rejects with its error output if it ends before. */
  readonly connection: Promise<{
    host: string;
    port: number;
    user: string;
    password: string;
    database: string;
  }>;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  kill(): Promise<void>;
  /** An ordered stop of server and process. */
  stop(): Promise<number | null>;
}

interface OwnerManner {
  /** Put before the command, to change the user. */
  readonly wrapper?: readonly string[];
  /** End as soon as the server runs, without stopping it. */
  readonly leave?: boolean;
}

/** A real process that owns the server in `directory`. */
export function startOwner(
  directory: string,
  options: Partial<EmbeddedOptions> = {},
  { wrapper = [], leave = false }: OwnerManner = {},
): Owner {
  const afterwards = leave ? ['leave'] : [];
  const command = [
    ...wrapper,
    process.execPath,
    ownerScript,
    directory,
    JSON.stringify(options),
    ...afterwards,
  ];
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit').then(() => child.exitCode);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });

  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const connection = Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => JSON.parse(String(line))),
    once(child, 'close').then(() => Promise.reject(new Error(errors))),
  ]);
  connection.catch(() => {}); // a test that kills it on purpose does not look

  return {
    process: child,
    connection,
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return await ended;
    },
  };
}

export const dataIn = (directory: string) => join(directory, 'cluster', 'data');

/** The process id of the server that runs on this directory. */
export async function serverPid(directory: string): Promise<number> {
  const lockFile = await readLockFile(dataIn(directory));
  if (lockFile === undefined) throw new Error(`no server in ${directory}`);
  return lockFile.pid;
}

export async function setAsideIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith('set-aside-'));
}

export async function removeWithServers(directory: string): Promise<void> {
  await endServersIn(directory);
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** Ends the servers somewhere below this directory, as a crash would. */
export async function endServersIn(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (entry.name !== 'postmaster.pid') continue;
    const lockFile = await readLockFile(entry.parentPath);
    if (lockFile === undefined || (await holderOf(lockFile.pid, entry.parentPath)) !== 'server') continue;
    for (const pid of await serverProcesses(entry.parentPath)) endProcess(pid);
    await vi.waitFor(async () => expect(await serverProcesses(entry.parentPath)).toEqual([]), 10_000);
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // it has ended together with its server
  }
}
