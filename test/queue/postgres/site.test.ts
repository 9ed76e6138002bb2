import { spawnSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { binariesIn, packagedBinaries } from '../../../src/queue/postgres/binaries.ts';
import { dataIn, serverIn, serverPid, startOwner, temporaryDirectory } from './fixtures.ts';
import { execute, urlOf } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const asNobody = ['setpriv', `--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, '--clear-groups'];
/** What Docker leaves to root: no new namespaces by right, no look into processes of others. */
const asContainerRoot = ['setpriv', '--bounding-set=-sys_admin,-sys_ptrace,-sys_resource'];

const canMapUsers = succeeds(['unshare', '--user', '--map-user=65534', '--map-group=65534', '--', 'true']);
/** Under a home of mode 0700 nobody cannot read this project; then the whole run as an ordinary user shows the same. */
const nobodyCanReadProject = isRoot && succeeds([...asNobody, 'test', '-r', import.meta.filename]);

describe.runIf(isRoot)('as root', () => {
  test.runIf(canMapUsers)('the server is mapped to another user, even in a home of mode 0700', async () => {
    const directory = join(await privateHome(), 'data');
    await startAndStop(directory, { rootMethods: ['map-user'] });
    expect((await stat(dataIn(directory))).uid).toBe(0);
  });

  test('the server is another user where it can reach the directory', async () => {
    const directory = join(await temporaryDirectory(), 'post gres');
    const sharedPlaces = [join(await temporaryDirectory(), 'shared')];

    const connection = await serverIn(directory, {
      rootMethods: ['system-user'],
      sharedPlaces,
    }).ensureRunning();

    expect(await execute(urlOf(connection), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await ownerOfProcess(await serverPid(directory))).toBe((await stat(dataIn(directory))).uid);
    expect((await stat(dataIn(directory))).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, 'cluster', 'password'))).mode & 0o777).toBe(0o600);
  });

  test('binaries and data are put where another user can reach them if both are in a home of mode 0700', async () => {
    const home = await privateHome();
    const directory = join(home, 'data');
    const shared = join(await temporaryDirectory(), 'shared');
    const binaries = binariesIn(join(home, 'node_modules', 'linux-x64', 'native'));
    await cp((await packagedBinaries()).home, binaries.home, { recursive: true, verbatimSymlinks: true });
    const options = { rootMethods: ['system-user'], sharedPlaces: [shared], binaries } as const;

    await startAndStop(directory, options);
    await startAndStop(directory, options);

    expect(await readdir(directory)).toEqual([]);
    const [data = '', copied] = (await readdir(shared)).sort();
    expect([data, copied]).toEqual([
      expect.stringMatching(/^data-/),
      expect.stringMatching(/^linux-x64-postgres/),
    ]);
    expect(await readdir(join(shared, data))).toEqual(['cluster']);
  });

  test.each([
    [
      'belongs to another user',
      (path: string) => mkdir(path).then(() => chown(path, nobody.uid, nobody.gid)),
    ],
    ['can be changed by everybody', (path: string) => mkdir(path).then(() => chmod(path, 0o777))],
    ['is a link', (path: string) => symlink('/tmp', path)],
  ])('a place that %s is not trusted', async (_, plant) => {
    const directory = join(await privateHome(), 'data');
    const planted = join(await temporaryDirectory(), 'planted');
    await plant(planted);

    const attempt = serverIn(directory, {
      rootMethods: ['system-user'],
      sharedPlaces: [planted],
    }).ensureRunning();

    await expect(attempt).rejects.toThrow(/planted cannot be used.*JOBS_DATABASE_URL/);
  });

  test('with the rights of a container only, a server is found again after a kill, and stopped', async () => {
    const directory = join(await temporaryDirectory(), 'data');
    const sharedPlaces = [join(await temporaryDirectory(), 'shared')];
    const options = { rootMethods: ['system-user'], sharedPlaces } as const;
    const first = startOwner(directory, options, { wrapper: asContainerRoot });
    const before = await first.connection;
    await first.kill();

    const second = startOwner(directory, options, { wrapper: asContainerRoot });
    expect(await second.connection).toEqual(before);
    const pid = await serverPid(directory);
    expect(await second.stop()).toBe(0);
    expect(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).toBe('');
  });
});

describe('as an ordinary user', () => {
  test.runIf(nobodyCanReadProject)('the server runs as this user, in a home of mode 0700', async () => {
    const directory = await privateHome();
    await chown(directory, nobody.uid, nobody.gid);
    const owner = startOwner(join(directory, 'data'), {}, { wrapper: asNobody });

    expect(await owner.connection).toMatchObject({ host: '127.0.0.1' });
    expect(await ownerOfProcess(await serverPid(join(directory, 'data')))).toBe(nobody.uid);
    expect(await owner.stop()).toBe(0);
  });

  test.runIf(nobodyCanReadProject)('a directory of somebody else is refused in one sentence', async () => {
    const directory = await privateHome();
    const owner = startOwner(join(directory, 'data'), {}, { wrapper: asNobody });
    await expect(owner.connection).rejects.toThrow(
      /PostgresUnavailable.*cannot be made: .*permission denied/,
    );
  });

  test.runIf(nobodyCanReadProject && canMapUsers)(
    'a user without a name is mapped to one that has one',
    async () => {
      const directory = join(await privateHome(), 'data');
      const nameless = 54_321;
      await mkdir(directory, { mode: 0o700 });
      await chown(directory, nameless, nameless);
      await chmod(dirname(directory), 0o711);
      const user = ['setpriv', `--reuid=${nameless}`, `--regid=${nameless}`, '--clear-groups'];
      const owner = startOwner(directory, {}, { wrapper: user });

      expect(await owner.connection).toMatchObject({ host: '127.0.0.1' });
      expect(await ownerOfProcess(await serverPid(directory))).toBe(nameless);
      expect(await owner.stop()).toBe(0);
    },
  );

  test.runIf(!isRoot)('the server runs in a home of mode 0700', async () => {
    await startAndStop(await privateHome());
  });
});

async function startAndStop(directory: string, options: Parameters<typeof serverIn>[1] = {}): Promise<void> {
  const server = serverIn(directory, options);
  expect(await execute(urlOf(await server.ensureRunning()), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
}

/** A directory that only its owner can enter, with a space in its path. */
async function privateHome(): Promise<string> {
  const home = join(await temporaryDirectory(), 'my home');
  await mkdir(home, { mode: 0o700 });
  return home;
}

async function ownerOfProcess(pid: number): Promise<number> {
  return (await stat(`/proc/${pid}`)).uid;
}

function succeeds([program = '', ...parameters]: readonly string[]): boolean {
  return spawnSync(program, parameters, { cwd: '/', stdio: 'ignore' }).status === 0;
}
