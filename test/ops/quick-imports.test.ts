import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';

/** What our own files ask for of Drizzle. */
const PARTS = [
  ...new Set(
    globSync('src/**/*.ts', { cwd: PROJECT_ROOT })
      .map((file) => readFileSync(join(PROJECT_ROOT, file), 'utf8'))
      .flatMap((text) => [...text.matchAll(/from '(drizzle-orm[^']*)'/g)].map(([, part]) => part)),
  ),
];

const QUICK_IMPORTS = pathToFileURL(join(PROJECT_ROOT, 'bin/quick-imports.js')).href;

/** Runs a module in a process of its own, in this project. @returns what it said as JSON */
function tell(source: string): unknown {
  const parameters = ['--input-type=module', '--eval', source, JSON.stringify(PARTS)];
  const { stdout, stderr } = spawnSync(process.execPath, parameters, {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
    env: {},
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const READ_PARTS = 'const parts = JSON.parse(process.argv[1]);';

test('each part of Drizzle is the one that Node finds by itself, which looks it up once and nothing that is within', () => {
  expect(PARTS).toContain('drizzle-orm');
  const places = tell(`${READ_PARTS}
    console.log(JSON.stringify(parts.map((part) => import.meta.resolve(part))));`);
  const seen = tell(`
    import { registerHooks } from 'node:module';
    ${READ_PARTS}
    const asked = [];
    registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (found.url.includes('/node_modules/drizzle-orm/')) asked.push(specifier);
        return found;
      },
    });
    await import(${JSON.stringify(QUICK_IMPORTS)});
    const places = ${JSON.stringify(places)};
    const same = [];
    for (const [index, part] of parts.entries()) {
      const quick = await import(part);
      same.push(quick === (await import(part + '')) && quick === (await import(places[index])));
    }
    console.log(JSON.stringify({ asked: asked.filter((each) => !each.startsWith('file:')), same }));`);
  expect(seen).toEqual({ asked: PARTS, same: PARTS.map(() => true) });
});
