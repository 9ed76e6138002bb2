import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..', '..');
const VITE = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
const CONFIG = join(ROOT, 'playground', 'vite.config.ts');

/** Where what was built lies until something that it is made of changes. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'forgeling-page');

/** How long a page that is no longer built so is kept. */
const KEPT_MS = 24 * 60 * 60_000;

/** What the page is made of. */
const SOURCES = [
  'playground/app',
  'playground/scenes',
  'playground/page/protocol.ts',
  'playground/page/built-page.ts',
  'playground/vite.config.ts',
  'package-lock.json',
];

let building: Promise<string> | undefined;

/**
 * The folder with the page as a browser loads it. It is built when it is not there yet, which takes a second or two,
 * and never twice at once.
 */
export function builtPage(): Promise<string> {
  building ??= build();
  building.catch(() => {
    building = undefined;
  });
  return building;
}

/** Forgets what was built: the next {@link builtPage} looks again whether something has changed. */
export function forgetBuiltPage(): void {
  building = undefined;
}

async function build(): Promise<string> {
  const folder = join(CACHE, await fingerprint());
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  // A process of its own, so that what is built does not depend on who builds it.
  await promisify(execFile)(process.execPath, [VITE, 'build', '--config', CONFIG, '--outDir', unfinished], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  // Somebody else may have been faster: then theirs is as good.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  await forgetOlder();
  return folder;
}

/** Those of today stay: another playground may still serve one. */
async function forgetOlder(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const { mtimeMs } = await stat(join(CACHE, name));
    if (Date.now() - mtimeMs > KEPT_MS) await rm(join(CACHE, name), { recursive: true, force: true });
  }
}

/** Changes whenever something that the page is made of does. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of await filesOf(join(ROOT, source)))
      hash.update(file.slice(ROOT.length)).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesOf(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
