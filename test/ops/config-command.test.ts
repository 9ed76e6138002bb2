import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { SETTINGS } from '../../src/config/schema.ts';
import { runCommand } from '../support/bot-process.ts';
import { temporaryFolder } from '../support/game.ts';

/** A configuration file with these lines. */
function fileWith(...lines: readonly string[]): string {
  const file = join(temporaryFolder('config'), 'forgeling.yaml');
  writeFileSync(file, lines.join('\n'));
  return file;
}

test('an operator sees all that is wrong with a file before the bot does', async () => {
  const good = fileWith('game: { speed: 2 }');
  expect(await runCommand('config', ['check', good], {})).toMatchObject({
    code: 0,
    output: `${good}: all of it can be used.\n`,
  });
  const bad = fileWith('game:', '  speed: 0', 'log:', '  level: loud');
  expect(await runCommand('config', ['check'], { FORGELING_CONFIG: bad })).toMatchObject({
    code: 1,
    output: '',
    errors: expect.stringMatching(
      new RegExp(`^${bad}:4: log.level: [^\n]+\n${bad}:2: game.speed: [^\n]+\n$`),
    ),
  });
  expect(await runCommand('config', ['check', `${bad}.old`], {})).toMatchObject({
    code: 1,
    errors: `${bad}.old: the file isn’t there.\n`,
  });
  expect(await runCommand('config', ['praise'], {})).toMatchObject({ code: 2, output: '' });
});

test('an operator sees where each value comes from, and no secret', async () => {
  const file = fileWith('log:', '  level: warn', 'discord: { token: hush-hush }');
  const { output, errors } = await runCommand('config', ['print'], {
    FORGELING_CONFIG: file,
    JOBS_DATABASE_URL: 'postgres://me:p4ssword@127.0.0.1/queue?password=p4ssword',
  });
  expect(errors).toBe('');
  const lines = output.trimEnd().split('\n');
  expect(lines).toHaveLength(SETTINGS.length);
  expect(lines).toContain(`log.level: "warn"  (${file}:2)`);
  expect(lines).toContain('game.speed: 1  (default)');
  expect(lines).toContain('http.port: not set  (default)');
  expect(lines).toContain(`discord.token: [secret]  (${file}:3)`);
  expect(lines).toContain(
    'jobs.databaseUrl: "postgres://me:[secret]@127.0.0.1/queue?password=[secret]"  (JOBS_DATABASE_URL)',
  );
});

test('every setting stands in both pages with its variable, and the example can be used as it is', async () => {
  const page = readFileSync(join(PROJECT_ROOT, 'docs/configuration.md'), 'utf8');
  const example = readFileSync(join(PROJECT_ROOT, '.env.example'), 'utf8');
  for (const { variable, description } of SETTINGS) {
    expect(page).toContain(`\`${variable}\``);
    expect(page).toContain(description);
    expect(example).toMatch(new RegExp(`^#${variable}=`, 'm'));
  }
  expect(new Set(SETTINGS.map(({ variable }) => variable)).size).toBe(SETTINGS.length);
  const set = [...example.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]);
  const { code, errors } = await runCommand('config', ['check'], Object.fromEntries(set));
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
});
