import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { exportServer } from '../../src/game/archive/export-server.ts';
import { type Imported, importServer } from '../../src/game/archive/import-server.ts';
import type { GameBench } from './game.ts';

const MOST_UNPACKED = 64 * 1024 * 1024;

/** A server as a file. */
export async function exported({ world }: GameBench, guildId: string): Promise<Buffer> {
  using snapshot = world.snapshot();
  const lines: string[] = [];
  for await (const line of exportServer(snapshot.db, guildId)) lines.push(line);
  return gzipSync(lines.join(''));
}

export function imported(
  { world, game }: GameBench,
  file: Buffer,
  { replace = false, mostUnpacked = MOST_UNPACKED } = {},
): Promise<Imported> {
  return importServer(world, game, Readable.from([file]), { replace, mostUnpacked });
}

/** The lines of a file, without what comes at their ends. */
export function linesOf(file: Buffer): string[] {
  return gunzipSync(file).toString('utf8').trimEnd().split('\n');
}

/** Packs these lines as they are. */
export function packed(lines: readonly string[]): Buffer {
  return gzipSync(lines.map((line) => `${line}\n`).join(''));
}

/** Packs a header and rows, with an end that fits them: what somebody makes who knows the format. */
export function forged(lines: readonly string[]): Buffer {
  const rows: Record<string, number> = {};
  for (const line of lines.slice(1)) {
    const [name] = JSON.parse(line) as [string];
    rows[name] = (rows[name] ?? 0) + 1;
  }
  const sha256 = createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
  return packed([...lines, JSON.stringify({ rows, sha256 })]);
}
