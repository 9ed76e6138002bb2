import { spawn } from 'node:child_process';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { holderOf, isAlive, serverProcesses } from '../../../src/queue/postgres/postmaster.ts';
import { PostgresUnavailable } from '../../../src/queue/postgres/server.ts';
import {
  dataIn,
  endServersIn,
  makeTemporaryDirectory,
  recordingLogger,
  removeWithServers,
  serverIn,
  serverPid,
  setAsideIn,
  startOwner,
  temporaryDirectory,
} from './fixtures.ts';
import { execute, urlOf } from './support.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** One directory for all tests that find data and leave it sound: setting one up for each would take minutes. */
let directory: string;
beforeAll(async () => {
  directory = join(await makeTemporaryDirectory(), 'post gres');
  await serverIn(directory).ensureRunning();
});
beforeEach(() => endServersIn(directory));
afterAll(() => removeWithServers(dirname(directory)));

/** Committed for good: the server itself is set to commit lazily. */
const writeMark =
  'SET synchronous_commit = on; DROP TABLE IF EXISTS mark; CREATE TABLE mark AS SELECT 42 AS answer';
const readMark = 'SELECT answer FROM mark';

describe('an embedded PostgreSQL', () => {
  test('is set up and started in an empty directory, and has the database', async () => {
    const empty = join(await temporaryDirectory(), 'not', 'there yet');
    const connection = await serverIn(empty).ensureRunning();

    expect(connection).toMatchObject({ host: '127.0.0.1', user: 'forgeling', database: 'forgeling' });
    const [row] = await execute(urlOf(connection), "SELECT current_setting('server_encoding') AS encoding");
    expect(row).toEqual({ encoding: 'UTF8' });
    expect((await stat(join(empty, 'cluster', 'password'))).mode & 0o777).toBe(0o600);
    expect(await readdir(empty)).toEqual(['cluster']);
  });

  test('finds its data again after a stop', async () => {
    const server = serverIn(directory);
    await execute(urlOf(await server.ensureRunning()), writeMark);

    await server.stop();

    const connection = await serverIn(directory).ensureRunning();
    expect(await execute(urlOf(connection), readMark)).toEqual([{ answer: 42 }]);
  });

  test('leaves no process behind when it is stopped, and may be stopped twice', async () => {
    const server = serverIn(directory);
    await server.ensureRunning();
    expect(await serverProcesses(dataIn(directory))).not.toEqual([]);

    await server.stop();
    await server.stop();

    expect(await serverProcesses(dataIn(directory))).toEqual([]);
  });

  test('is used again by the next bot after its bot was killed, and stopped by it', async () => {
    const owner = startOwner(directory);
    const before = await owner.connection;
    const pid = await serverPid(directory);
    await owner.kill();

    const server = serverIn(directory);
    expect(await server.ensureRunning()).toEqual(before);
    expect(await serverPid(directory)).toBe(pid);

    await server.stop();
    expect(await holderOf(pid, dataIn(directory))).toBe('nobody');
  });

  test('does not keep its bot from ending', async () => {
    const owner = startOwner(directory, {}, { leave: true });
    await owner.connection;

    expect(await owner.ended).toBe(0);
    expect(await serverProcesses(dataIn(directory))).not.toEqual([]);
  });

  test('is stopped by its bot in an orderly end', async () => {
    const owner = startOwner(directory);
    await owner.connection;

    expect(await owner.stop()).toBe(0);
    expect(await serverProcesses(dataIn(directory))).toEqual([]);
  });

  test('is started once when it is asked for several times at once', async () => {
    const server = serverIn(directory);
    const connections = await Promise.all([
      server.ensureRunning(),
      server.ensureRunning(),
      server.ensureRunning(),
    ]);

    expect(new Set(connections.map((connection) => connection.port)).size).toBe(1);
  });

  test('is started after a stop that was asked for just before', async () => {
    const server = serverIn(directory);
    const first = server.ensureRunning();
    const stopped = server.stop();
    const second = server.ensureRunning();

    await Promise.all([first, stopped]);
    expect(await execute(urlOf(await second), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test.each([
    ['data that is there', async () => directory],
    ['an empty directory', temporaryDirectory],
  ])('never runs twice when two processes start it at once on %s', async (_, choose) => {
    const chosen = await choose();
    const [one, other] = await Promise.all([startOwner(chosen).connection, startOwner(chosen).connection]);

    expect(one).toEqual(other);
    expect(await setAsideIn(chosen)).toEqual([]);
    expect(await postmastersOf(chosen)).toHaveLength(1);
  });
});

describe('access to it', () => {
  test('needs the password', async () => {
    const connection = await serverIn(directory).ensureRunning();

    for (const password of ['', 'forgeling']) {
      const url = urlOf({ ...connection, password });
      await expect(execute(url, 'SELECT 1')).rejects.toThrow(/password/);
    }
    const rules = await execute(
      urlOf(connection),
      'SELECT type, address, auth_method FROM pg_hba_file_rules',
    );
    expect(rules).toEqual([{ type: 'host', address: '127.0.0.1', auth_method: 'scram-sha-256' }]);
  });

  test('is possible over loopback only', async () => {
    const connection = await serverIn(directory).ensureRunning();
    const [sockets] = await execute(urlOf(connection), 'SHOW unix_socket_directories');
    expect(sockets).toEqual({ unix_socket_directories: '' });

    const elsewhere = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of [{ address: '127.0.0.2' }, ...elsewhere]) {
      const attempt = execute(urlOf({ ...connection, host: address }), 'SELECT 1');
      await expect(attempt, address).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });

  test('is put right at every start, whatever was written into the settings', async () => {
    await writeFile(join(dataIn(directory), 'pg_hba.conf'), 'host all all 0.0.0.0/0 trust\n');
    await writeFile(join(dataIn(directory), 'postgresql.auto.conf'), "listen_addresses = '*'\n");

    const connection = await serverIn(directory).ensureRunning();
    expect(await execute(urlOf(connection), 'SHOW listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    await expect(execute(urlOf({ ...connection, password: 'x' }), 'SELECT 1')).rejects.toThrow(/password/);
  });
});

describe('a port that is taken', () => {
  test('is replaced by another one', async () => {
    const server = serverIn(directory);
    const { port } = await server.ensureRunning();
    await server.stop();
    await occupy(port);

    const connection = await server.ensureRunning();
    expect(connection.port).not.toBe(port);
    expect(await execute(urlOf(connection), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('is an error if it was insisted on, and the data stays', async () => {
    const port = await occupy(undefined);

    const attempt = serverIn(directory, { port }).ensureRunning();
    await expect(attempt).rejects.toThrow(PostgresUnavailable);
    await expect(attempt).rejects.toThrow(/Address already in use/);
    expect(await setAsideIn(directory)).toEqual([]);
  });
});

describe('after a kill', () => {
  test('during its first set-up, the next start finds nothing in its way', async () => {
    const empty = await temporaryDirectory();
    const owner = startOwner(empty);
    await vi.waitFor(async () => {
      const [unfinished = ''] = await readdir(empty);
      await stat(join(empty, unfinished, 'data', 'global'));
    }, 10_000);
    await owner.kill();

    const server = serverIn(empty);
    await server.ensureRunning();
    await server.stop();
    await server.ensureRunning();
    expect(await readdir(empty)).toEqual(['cluster']);
  });

  test('of the server, it recovers, even with a child of it in the middle of a long query', async () => {
    const server = serverIn(directory);
    const url = urlOf(await server.ensureRunning());
    await execute(url, writeMark);
    await startEndlessQuery(url);

    process.kill(await serverPid(directory), 'SIGKILL');

    expect(await execute(urlOf(await server.ensureRunning()), readMark)).toEqual([{ answer: 42 }]);
    expect(await setAsideIn(directory)).toEqual([]);
  });

  test('a process that got the id of the dead server is neither taken for it nor harmed', async () => {
    const server = serverIn(directory);
    await execute(urlOf(await server.ensureRunning()), writeMark);
    const lockPath = join(dataIn(directory), 'postmaster.pid');
    const lock = await readFile(lockPath, 'utf8');
    await server.stop('immediate');
    const stranger = startStranger();
    await writeFile(lockPath, lock.replace(/^\d+/, String(stranger)));

    await server.stop();
    expect(await execute(urlOf(await server.ensureRunning()), readMark)).toEqual([{ answer: 42 }]);
    await server.stop();
    expect(isAlive(stranger)).toBe(true);
  });

  test('another PostgreSQL that has the id in a copied lock file is neither taken for it nor harmed', async () => {
    const copy = await temporaryDirectory();
    await cp(directory, copy, { recursive: true });
    await serverIn(directory).ensureRunning();
    const pid = await serverPid(directory);
    await cp(join(dataIn(directory), 'postmaster.pid'), join(dataIn(copy), 'postmaster.pid'));

    const server = serverIn(copy);
    await server.ensureRunning();
    expect(await serverPid(copy)).not.toBe(pid);
    await server.stop();
    expect(await holderOf(pid, dataIn(directory))).toBe('server');
  });
});

describe('data that cannot be used', () => {
  const remove = (path: string) => (directory: string) => rm(join(directory, path));
  const write = (path: string, text: string) => (directory: string) => writeFile(join(directory, path), text);
  const damages = [
    ['of another major version', write('cluster/data/PG_VERSION', '17\n'), /PostgreSQL 17/],
    ['without its control file', remove('cluster/data/global/pg_control'), /pg_control/],
    ['with a broken control file', write('cluster/data/global/pg_control', 'x'), /control file|pg_control/],
    ['without a version', remove('cluster/data/PG_VERSION'), /incomplete/],
    ['without a password', remove('cluster/password'), /password is lost/],
    ['with a wrong password', write('cluster/password', 'wrong\n'), /refuses the password/],
  ] as const;

  test.each(damages)('%s is set aside, and a new start is made', async (_, damage, reason) => {
    await damage(directory);
    const logger = recordingLogger();
    const server = serverIn(directory, { logger });

    const connection = await server.ensureRunning();

    expect(await execute(urlOf(connection), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(logger.warnings).toEqual([expect.objectContaining({ reason: expect.stringMatching(reason) })]);
    await server.stop();
  });

  test('is kept twice at most', async () => {
    expect(await setAsideIn(directory)).toHaveLength(2);
  });

  test('is set aside also under a running server whose password was lost, after this server was stopped', async () => {
    const before = serverIn(directory);
    await before.ensureRunning();
    const pid = await serverPid(directory);
    await writeFile(join(directory, 'cluster', 'password'), 'wrong\n');

    const connection = await serverIn(directory).ensureRunning();

    expect(await execute(urlOf(connection), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await holderOf(pid, dataIn(directory))).not.toBe('server');
  });
});

test('a directory whose name the tools of PostgreSQL cannot take is refused in one sentence', async () => {
  const directory = join(await temporaryDirectory(), 'a $HOME');
  await expect(serverIn(directory).ensureRunning()).rejects.toThrow(/choose another DATA_DIR/);
});

/** The processes that are a server, without the children of one. */
async function postmastersOf(chosen: string): Promise<number[]> {
  const pids = await serverProcesses(dataIn(chosen));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')));
  return pids.filter((_, index) => !commands[index]?.startsWith('postgres:'));
}

/** Holds a TCP port until the test ends. */
async function occupy(port: number | undefined): Promise<number> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port ?? 0, '127.0.0.1', resolve));
  onTestFinished(() => {
    holder.close();
  });
  const address = holder.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Keeps one backend computing, so that it does not notice the end of its server. */
async function startEndlessQuery(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  client.query('SELECT count(*) FROM generate_series(1, 100000000000)').catch(() => {});
  await vi.waitFor(async () => {
    const rows = await execute(
      connectionString,
      "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series(1,%' AND pid <> pg_backend_pid()",
    );
    expect(rows).toHaveLength(1);
  }, 10_000);
}

/** A process of our own user that has nothing to do with PostgreSQL. */
function startStranger(): number {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  onTestFinished(() => {
    child.kill();
  });
  return child.pid ?? 0;
}
