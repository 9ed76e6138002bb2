import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import type { Catalog } from '../../src/game/content/catalog.ts';
import { loadCatalog } from '../../src/game/content/load.ts';
import { temporaryFolder } from './game.ts';

/** The content that players get, with parts of it replaced: each part is one of its files. */
export function catalogWith(parts: Readonly<Record<string, unknown>>): Catalog {
  const folder = temporaryFolder('content');
  cpSync(join(PROJECT_ROOT, 'data/content'), folder, { recursive: true });
  // Whatever is JSON is YAML too.
  for (const [name, part] of Object.entries(parts))
    writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(part));
  return loadCatalog(folder);
}
