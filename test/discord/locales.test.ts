import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { loadCatalog } from '../../src/game/content/load.ts';

const FOLDER = join(PROJECT_ROOT, 'data/locales/en-US');

function texts(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Record<string, unknown>;
}

/** The source files that are ours, as text. */
function sources(folder = join(PROJECT_ROOT, 'src')): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

test('every item and achievement of the content has a name and a description', () => {
  const catalog = loadCatalog(join(PROJECT_ROOT, 'data/content'));
  const items = texts('items');
  for (const id of catalog.items.keys()) {
    expect(items[id], id).toEqual({ name: expect.any(String), description: expect.any(String) });
  }
  expect(Object.keys(items).filter((id) => !catalog.items.has(id))).toEqual([]);
  for (const id of catalog.achievements.keys()) expect(texts('achievements')[id], id).toHaveProperty('name');
});

test('everything that can be refused has words', () => {
  const codes = sources().flatMap((source) =>
    [...source.matchAll(/refuse\('(\w+)'/g)].map(([, code]) => code ?? ''),
  );
  expect(codes.length).toBeGreaterThan(10);
  const keys = Object.keys(texts('refusals'));
  for (const code of new Set(codes)) {
    expect(
      keys.some((key) => key === code || key.startsWith(`${code}_`)),
      code,
    ).toBe(true);
  }
});

test('every sentence that the code asks for is there', () => {
  const asked = sources().flatMap((source) => [...source.matchAll(/\bt\(\s*'(\w+):([\w.]+)'/g)]);
  expect(asked.length).toBeGreaterThan(25);
  for (const [, file = '', path = ''] of asked) {
    const found = path
      .split('.')
      .slice(0, -1)
      .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], texts(file)) as Record<
      string,
      unknown
    >;
    const last = path.split('.').at(-1) ?? '';
    expect(
      Object.keys(found).some((key) => key === last || key.startsWith(`${last}_`)),
      `${file}:${path}`,
    ).toBe(true);
  }
});
