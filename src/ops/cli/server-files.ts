import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { loadConfig } from '../../config/load.ts';
import { createEventBus } from '../../events/bus.ts';
import { exportServer, isStored } from '../../game/archive/export-server.ts';
import { exportName } from '../../game/archive/format.ts';
import { importServer } from '../../game/archive/import-server.ts';
import { LiveCatalog } from '../../game/content/live-catalog.ts';
import { createGame } from '../../game/game.ts';
import { personalData } from '../../game/privacy/personal-data.ts';
import { systemClock } from '../../world/clock.ts';
import { openSnapshotBesideBot } from '../../world/database.ts';
import { World } from '../../world/world.ts';
import { worldFile } from './beside-bot.ts';
import { say, UsageError } from './command.ts';
import { serverOf } from './parameters.ts';
import { Progress } from './progress.ts';

const MIB = 1024 * 1024;

/** A larger file is not an ordinary server's, and is let in only when the operator says so. */
const LARGEST_FILE = 40 * MIB;

/** What a file of that size may unpack to. */
const MOST_UNPACKED = 1024 * MIB;

/** `export --server ID [--file F]`, beside the running bot or while it is stopped. */
export async function exportToFile(parameters: string[]): Promise<number> {
  const options = { server: { type: 'string' }, file: { type: 'string' } } as const;
  const { values } = parseArgs({ args: parameters, options });
  const guildId = serverOf(values.server);
  if (guildId === undefined) throw new UsageError('Which server? npm run world -- export --server ID');
  using snapshot = openSnapshotBesideBot(worldFile());
  if (!isStored(snapshot.db, guildId)) throw new UsageError(`Nothing is stored of the server ${guildId}.`);
  const file = values.file ?? exportName(guildId, systemClock(loadConfig().development.clockOffset).now());
  await writeNew(file, Readable.from(exportServer(snapshot.db, guildId)), createGzip());
  say(`The server ${guildId} is in ${file} (${statSync(file).size} bytes).`);
  return 0;
}

/** `person ID [--file F]`: what `/privacy export` gives, for whom it is too much for Discord. */
export async function personToFile(parameters: string[]): Promise<number> {
  const options = { file: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: parameters, options, allowPositionals: true });
  const [userId = '', ...more] = positionals;
  if (!/^\d{15,21}$/.test(userId) || more.length > 0)
    throw new UsageError('Whose data? npm run world -- person ID');
  using snapshot = openSnapshotBesideBot(worldFile());
  const servers = await personalData(snapshot.db, userId);
  if (servers.length === 0) throw new UsageError(`Nothing is stored of ${userId}.`);
  const file = values.file ?? `forgeling-privacy-${userId}.json`;
  await writeNew(file, Readable.from([`${JSON.stringify({ user: userId, servers }, null, 2)}\n`]));
  say(`What is stored about ${userId} is in ${file}.`);
  return 0;
}

/** `import FILE [--replace] [--any-size]`, while the bot is stopped. */
export async function importFromFile(parameters: string[]): Promise<number> {
  const options = { replace: { type: 'boolean' }, 'any-size': { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: parameters, options, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError('Which file? npm run world -- import FILE [--replace]');
  const size = sizeOf(file);
  const isAnySize = values['any-size'] === true;
  if (size > LARGEST_FILE && !isAnySize)
    throw new UsageError(
      `${file} has ${size} bytes, more than an ordinary server. If you trust it: --any-size`,
    );
  const config = loadConfig();
  const { development } = config;
  const catalog = await LiveCatalog.open(development.content);
  const world = new World({
    file: worldFile(),
    clock: systemClock(development.clockOffset),
    dispatcher: createEventBus(),
  });
  try {
    const game = createGame(catalog, { current: config });
    const source = createReadStream(file);
    const progress = new Progress(source, size);
    const { guildId, rows } = await importServer(world, game, source, {
      replace: values.replace ?? false,
      mostUnpacked: isAnySize ? Number.MAX_SAFE_INTEGER : MOST_UNPACKED,
      onProgress: progress.tell,
    });
    progress.end();
    await world.settled();
    say(`The server ${guildId} is imported: ${countOf(rows)} rows.`);
    return 0;
  } finally {
    world.close();
  }
}

/** Writes a file that nobody else may read. @throws UsageError where there is one already */
async function writeNew(file: string, ...streams: [Readable, ...Duplex[]]): Promise<void> {
  try {
    await pipeline([...streams, createWriteStream(file, { mode: 0o600, flags: 'wx' })]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${file} is there already: name another one with --file.`);
  }
}

function sizeOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new UsageError(`There is no file ${file}.`);
  return found.size;
}

function countOf(rows: Readonly<Record<string, number>>): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}
