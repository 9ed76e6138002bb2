import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { exportServer } from '../game/archive/export-server.ts';
import { refuse } from '../game/refusal.ts';
import type { World } from '../world/world.ts';
import { LARGEST_FILE } from './upload.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    serverTooLarge: { readonly command: string };
  }
}

/**
 * Everything of a server as a file that Discord takes.
 *
 * @throws Refusal serverTooLarge as soon as it is known to be
 */
export async function exportFile(world: World, guildId: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      chunks.push(chunk);
      done(size > LARGEST_FILE ? new TooLarge() : null);
    },
  });
  using snapshot = world.snapshot();
  try {
    await pipeline(Readable.from(exportServer(snapshot.db, guildId)), createGzip(), collect.resume());
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    refuse('serverTooLarge', { command: `npm run world -- export --server ${guildId}` });
  }
  return Buffer.concat(chunks);
}

class TooLarge extends Error {}
