import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { temporaryFolder } from '../support/game.ts';

/** A checkout with nothing in it but what runs a file, and a file that says how it was run. */
function checkout(): string {
  const folder = temporaryFolder('checkout');
  cpSync(join(PROJECT_ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'tell.ts'),
    'const { GAME_SPEED, LOG_LEVEL } = process.env;\nconsole.log([GAME_SPEED, LOG_LEVEL, ...process.argv.slice(2)].join());',
  );
  return folder;
}

function run(folder: string, environment: Record<string, string>): string {
  const parameters = ['bin/run.js', join(folder, 'tell.ts'), 'one', 'two'];
  const { stdout, stderr } = spawnSync(process.execPath, parameters, {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
  });
  return stdout + stderr;
}

test('a file .env adds to the environment of whatever is run, and what is set there already goes first', () => {
  const folder = checkout();
  expect(run(folder, { LOG_LEVEL: 'warn' })).toBe(',warn,one,two\n');
  writeFileSync(join(folder, '.env'), '# mine\nGAME_SPEED=7\nLOG_LEVEL=debug\n');
  expect(run(folder, { LOG_LEVEL: 'warn' })).toBe('7,warn,one,two\n');
  expect(run(folder, { GAME_SPEED: '' })).toBe(',debug,one,two\n');
});
