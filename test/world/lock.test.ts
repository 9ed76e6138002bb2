import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { WorldIsLocked } from '../../src/world/lock.ts';
import { temporaryFolder } from '../support/game.ts';
import { createWorldBench } from '../support/world.ts';

/** Starts a process that wants the world, and returns what it says about that. */
async function startProcess(
  file: string,
): Promise<{ child: ChildProcess; said: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'test/world/holdWorld.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await closed;
  };
  onTestFinished(kill);
  if (!child.stdout) throw new Error('The process has no output.');
  const [said] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, said, kill };
}

const newFile = () => join(temporaryFolder('lock'), 'world.sqlite');

test('a second process is refused and told who has the world; after a kill the next one gets it', async () => {
  const file = newFile();
  const owner = await startProcess(file);
  expect(owner.said).toBe('It is mine.');

  const rival = await startProcess(file);
  const day = new Date().toISOString().slice(0, 'YYYY-MM'.length);
  expect(rival.said).toContain(
    `The world ${file} is in use by process ${owner.child.pid} on ${hostname()} since ${day}`,
  );
  expect(() => createWorldBench({ file })).toThrow(WorldIsLocked);

  await owner.kill();
  expect(existsSync(`${file}.lock`)).toBe(true);
  const next = await startProcess(file);
  expect(next.said).toBe('It is mine.');
});

test('a process that was refused leaves the owner in possession', async () => {
  const file = newFile();
  const owner = createWorldBench({ file });
  onTestFinished(() => owner.world.close());
  for (const _rival of [1, 2]) {
    const { said } = await startProcess(file);
    expect(said).toContain(
      `process ${process.pid} on ${hostname()} since ${new Date(owner.clock.now()).toISOString()}`,
    );
  }
});

test('a world that was closed in order can be opened at once, here and elsewhere', async () => {
  const file = newFile();
  createWorldBench({ file }).world.close();
  createWorldBench({ file }).world.close();
  expect((await startProcess(file)).said).toBe('It is mine.');
});

test('a world that cannot be opened is not held: once it is mended, the same process can open it', () => {
  const file = newFile();
  writeFileSync(file, 'This is no database. '.repeat(1_000));
  expect(() => createWorldBench({ file })).toThrow('file is not a database');
  rmSync(file);
  createWorldBench({ file }).world.close();
});

test('of many processes that start in the same moment one gets the world', async () => {
  const file = newFile();
  const processes = await Promise.all(Array.from({ length: 6 }, () => startProcess(file)));
  expect(processes.filter(({ said }) => said === 'It is mine.')).toHaveLength(1);
  expect(processes.filter(({ said }) => said.includes('is in use by'))).toHaveLength(5);
});
