import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { PlaygroundProcess } from '../../playground/playgroundProcess.ts';
import { temporaryFolder } from '../support/game.ts';

const OPEN = `
  console.log('The playground is open: http://127.0.0.1:1');
  setInterval(() => {}, 1000);
`;

let directory: string;

beforeEach(() => {
  directory = temporaryFolder('playground-process');
});

/** A process that says of itself that it is a playground. */
async function openWith(code: string) {
  await writeFile(join(directory, 'main.mjs'), code);
  const scripts = { playground: 'node main.mjs' };
  await writeFile(join(directory, 'package.json'), JSON.stringify({ scripts }));
  const opened = await PlaygroundProcess.open({ root: directory });
  onTestFinished(() => opened.playground.remove());
  return opened;
}

test('one that was ended by a signal is closed, and nobody waits for what it will never say', async () => {
  const { playground, url } = await openWith(OPEN);
  expect(url).toBe('http://127.0.0.1:1');
  const waiting = playground.until(/ready again/);
  playground.process.kill('SIGKILL');
  await expect(waiting).rejects.toThrow('the playground ended');
  await expect(playground.until(/ready again/)).rejects.toThrow('the playground ended');
  expect((await playground.until(/is open/))[0]).toBe('is open');
  expect(await playground.close()).toBeNull();
  await playground.remove();
  expect(existsSync(playground.directory)).toBe(false);
});

test('whoever has seen what they waited for listens no more', async () => {
  const { playground } = await openWith(OPEN);
  const before = playground.process.listenerCount('exit');
  for (let count = 0; count < 3; count++) await playground.until(/is open/);
  expect(playground.process.listenerCount('exit')).toBe(before);
});

test('one that does not open leaves no world behind', async () => {
  vi.stubEnv('TMPDIR', directory);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(openWith('process.exit(1);')).rejects.toThrow('the playground ended');
  expect(await readdir(directory)).toEqual(['main.mjs', 'package.json']);
});
