import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import type { Catalog } from '../../src/game/content/catalog.ts';
import { loadCatalog } from '../../src/game/content/load.ts';
import { temporaryFolder } from './game.ts';

/** A folder with the content that players get, for a test to change. */
export function contentFolder(): string {
  const folder = temporaryFolder('content');
  cpSync(join(PROJECT_ROOT, 'data/content'), folder, { recursive: true });
  return folder;
}

/** Writes something else in a file of the content in which something must stand once. */
export function rewrite(folder: string, part: string, from: string | RegExp, to: string): void {
  const file = join(folder, `${part}.yaml`);
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${String(from)} to replace.`);
  writeFileSync(file, after);
}

/** The content that players get, with parts of it replaced: each part is one of its files. */
export function catalogWith(parts: Readonly<Record<string, unknown>>): Catalog {
  const folder = contentFolder();
  // Whatever is JSON is YAML too.
  for (const [name, part] of Object.entries(parts))
    writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(part));
  return loadCatalog(folder);
}
