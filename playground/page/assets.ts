import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { describe } from '../../src/world/errors.ts';
import { builtPage } from './built-page.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const NOTHING = 'There is nothing here';

/**
 * Only what the page brings itself runs, and nothing is fetched from elsewhere. Styles on elements are allowed: the
 * colour of a role or of an embed is one.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ');

/**
 * Sends one of the page's own files.
 *
 * @param page where they lie
 */
export async function sendAsset(response: ServerResponse, path: string, page = builtPage): Promise<void> {
  const name = path === '/' ? '/index.html' : path;
  const type = TYPES[extname(name)];
  const isPlain = /^\/(?:assets\/)?[\w-]+\.\w+$/.test(name);
  if (!isPlain || type === undefined) return sendWords(response, 404, NOTHING);
  let folder: string;
  try {
    folder = await page();
  } catch (error) {
    return sendWords(response, 500, `The page could not be built: ${describe(error)}`);
  }
  const content = await readFile(join(folder, name)).catch(() => undefined);
  if (content === undefined) return sendWords(response, 404, NOTHING);
  response
    .writeHead(200, {
      'content-type': type,
      'content-security-policy': POLICY,
      // What has its fingerprint in its name never changes.
      'cache-control': name.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .end(content);
}

function sendWords(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(words);
}
