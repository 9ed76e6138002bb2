import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { tables } from '../../src/world/tables.ts';

const LOCALES = join(PROJECT_ROOT, 'data/locales');

/** Tables in which somebody could be named: what `/privacy export` shows. */
const NAMING = tables.filter(({ notes, owner }) => notes.scope !== 'world' || owner || notes.mentions);

test('every table is told of in docs/privacy.md, and no table that there isn’t', () => {
  const page = readFileSync(join(PROJECT_ROOT, 'docs/privacy.md'), 'utf8');
  const lines = page.split('\n').filter((line) => line.startsWith('| `'));
  const told = lines.flatMap((line) =>
    [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(told.sort()).toEqual(tables.map(({ name }) => name).sort());
});

describe.each(readdirSync(LOCALES))('in %s', (language) => {
  test('every table that may name somebody is called by what it is for', () => {
    const words = JSON.parse(readFileSync(join(LOCALES, language, 'privacy.json'), 'utf8')) as {
      tables: Record<string, string>;
    };
    const missing = NAMING.map(({ name }) => name).filter((name) => !words.tables[name]);
    expect(missing).toEqual([]);
  });
});

test('nobody is mentioned by a view but by way of `personName`, which knows who is forgotten', () => {
  const files = readdirSync(join(PROJECT_ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const mentioning = files
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /\buserMention\(/.test(readFileSync(join(PROJECT_ROOT, 'src', file), 'utf8')));
  // Those who are pinged asked for it, and take part.
  expect(mentioning.sort()).toEqual(['discord/person.ts', 'discord/views/announcements.ts']);
});
