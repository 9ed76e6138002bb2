import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Made } from './made.ts';

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

const page = new Made(build);

/**
 * The folder with the page as a browser loads it. It is built when it is not there yet, which takes a second or two,
 * and never twice at once.
 */
export function builtPage(): Promise<string> {
  return page.get();
}

/** Forgets what was built: the next {@link builtPage} looks again whether something has changed. */
export function forgetBuiltPage(): void {
  page.forget();
}

async function build(): Promise<string> {
  const print = await fingerprint();
  const folder = join(CACHE, print);
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    await buildInto(unfinished);
    // What was changed meanwhile may be in it, or half of it.
    if ((await fingerprint()) !== print) return await build();
    // Somebody else may have been faster: then theirs is as good.
    await rename(unfinished, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await forgetOlder();
  return folder;
}

/** In a process of its own, so that what is built does not depend on who builds it. */
async function buildInto(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [VITE, 'build', '--config', CONFIG, '--outDir', folder], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

/** Those of today stay: another playground may still serve one, and what it is building may be gone in a moment. */
async function forgetOlder(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const built = await stat(join(CACHE, name)).catch(() => undefined);
    if (built && Date.now() - built.mtimeMs > KEPT_MS)
      await rm(join(CACHE, name), { recursive: true, force: true });
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
