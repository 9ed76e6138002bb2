import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'public');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Only what the page brings itself runs; pictures in embeds may come from anywhere. */
const POLICY =
  "default-src 'self'; img-src * data:; style-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/** Sends one of the page's own files; read anew each time, so that a change shows on reload. */
export async function sendAsset(response: ServerResponse, path: string): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = TYPES[extname(name)];
  const content =
    /^[\w-]+\.\w+$/.test(name) && type
      ? await readFile(join(FOLDER, name)).catch(() => undefined)
      : undefined;
  if (content === undefined || type === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here');
    return;
  }
  response
    .writeHead(200, {
      'content-type': type,
      'content-security-policy': POLICY,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .end(content);
}
