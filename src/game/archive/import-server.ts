import type { Readable } from 'node:stream';
import { count, getTableColumns, gt, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { eraseServer } from '../../world/erasure.ts';
import type { Tx } from '../../world/transaction.ts';
import type { World } from '../../world/world.ts';
import { type Game, resumeServer } from '../game.ts';
import { isStored } from './export-server.ts';
import {
  type ArchivedTable,
  archivedTables,
  FORMAT,
  footerSchema,
  headerSchema,
  isNumbered,
  VERSION,
} from './format.ts';
import { type ReadLine, readLines } from './read-lines.ts';
import { readRow } from './read-rows.ts';
import { ImportRefused } from './refused.ts';
import { Staging } from './staging.ts';

/** How many rows are copied at once. */
const BATCH = 100;

export interface ImportOptions {
  /** Whether what is stored of the server here gives way. */
  readonly replace: boolean;
  /** How many bytes the file may unpack to. */
  readonly mostUnpacked: number;
  /** Told now and then how many rows have come in. */
  readonly onProgress?: (rows: number) => void;
}

/** What was imported. */
export interface Imported {
  readonly guildId: string;
  /** How many rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Brings a server from a file into a world: all of it or nothing. What runs is rolled with new seeds, and whatever is due
 * is asked for again.
 *
 * @throws ImportRefused with the reason; then nothing has changed
 */
export async function importServer(
  world: World,
  game: Game,
  packed: Readable,
  { replace, mostUnpacked, onProgress = () => undefined }: ImportOptions,
): Promise<Imported> {
  const lines = readLines(packed, mostUnpacked);
  const guildId = readHeader(await next(lines));
  if (!replace && isStored(world.reader, guildId)) throw alreadyHere(guildId);
  using staging = new Staging(guildId);
  const { rows, checksum } = await stage(lines, staging, onProgress);
  world.transact({ cause: `import:${checksum}` }, (tx) => {
    if (isStored(tx.db, guildId)) {
      if (!replace) throw alreadyHere(guildId);
      eraseServer(tx, guildId);
    }
    let copied = 0;
    for (const archived of archivedTables)
      for (const batch of batchesOf(staging, archived)) {
        insert(tx, archived, batch);
        copied += batch.length;
        onProgress(copied);
      }
    resumeServer(tx, game, guildId);
    world.deliveries.requestAgain(guildId);
  });
  return { guildId, rows };
}

function alreadyHere(guildId: string): ImportRefused {
  return new ImportRefused(
    `The server ${guildId} is in this world already: --replace puts the file in its place.`,
  );
}

async function next(lines: AsyncGenerator<ReadLine>): Promise<ReadLine> {
  const { value } = (await lines.next()) as { value: ReadLine | undefined };
  if (!value) throw new ImportRefused('The file is empty.');
  return value;
}

function readHeader({ content, number }: ReadLine): string {
  const { format, version } = (content ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw new ImportRefused('This is no export of a server.', number);
  if (version !== VERSION)
    throw new ImportRefused(
      `It is of version ${String(version)}, and this program reads ${VERSION}.`,
      number,
    );
  const header = headerSchema.safeParse(content);
  if (!header.success) throw new ImportRefused('It does not say which server it is of.', number);
  return header.data.server;
}

/** Reads all rows, and makes sure that the file is whole. */
async function stage(
  lines: AsyncGenerator<ReadLine>,
  staging: Staging,
  onProgress: (rows: number) => void,
): Promise<{ readonly rows: Record<string, number>; readonly checksum: string }> {
  const counted = new Map<string, number>();
  let checksum: string | undefined;
  for await (const { content, number, before } of lines) {
    if (checksum !== undefined) throw new ImportRefused('There is more after the end.', number);
    if (!Array.isArray(content)) {
      checksum = readFooter(content, number, counted, before());
      continue;
    }
    const read = readRow(content, number);
    staging.add({ ...read, line: number });
    const { name } = read.archived.stored;
    counted.set(name, (counted.get(name) ?? 0) + 1);
    onProgress(number);
  }
  if (checksum === undefined) throw new ImportRefused('The file is cut off: its last line is missing.');
  staging.finish();
  return { rows: Object.fromEntries(counted), checksum };
}

function readFooter(
  content: unknown,
  line: number,
  counted: ReadonlyMap<string, number>,
  checksum: string,
): string {
  const footer = footerSchema.safeParse(content);
  if (!footer.success) throw new ImportRefused('Neither a row nor the end of the file.', line);
  if (footer.data.sha256 !== checksum)
    throw new ImportRefused('The checksum is another one: the file was changed or damaged.', line);
  const said = Object.entries(footer.data.rows);
  if (said.length !== counted.size || said.some(([name, rows]) => counted.get(name) !== rows))
    throw new ImportRefused('There are not as many rows as it says.', line);
  return checksum;
}

function* batchesOf(
  { db }: Staging,
  { stored: { table } }: ArchivedTable,
): Generator<Record<string, unknown>[]> {
  const rowid = sql<number>`rowid`;
  const total = db.select({ rows: count() }).from(table).get()?.rows ?? 0;
  for (let last = 0, read = 0; read < total; ) {
    const columns = getTableColumns(table) as Record<string, SQLiteColumn>;
    const batch = db
      .select({ ...columns, [NUMBER]: rowid })
      .from(table)
      .where(gt(rowid, last))
      .orderBy(rowid)
      .limit(BATCH)
      .all() as Record<string, unknown>[];
    last = Number(batch.at(-1)?.[NUMBER]);
    read += batch.length;
    yield batch.map(({ [NUMBER]: _, ...row }) => row);
  }
}

/** No column is called so. */
const NUMBER = 'rowid';

function insert(
  tx: Tx,
  { stored: { table, name, notes } }: ArchivedTable,
  batch: readonly Record<string, unknown>[],
) {
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>;
  const kept = Object.keys(columns).filter((column) => !isNumbered(columns[column] as SQLiteColumn));
  const made = Object.entries(notes.madeAnew ?? {});
  const rows = batch.map((row) => ({
    ...Object.fromEntries(kept.map((column) => [column, row[column]])),
    ...Object.fromEntries(made.map(([column, make]) => [column, make(tx.random)])),
  }));
  try {
    // They come from a table of the same shape.
    tx.db
      .insert(table)
      .values(rows as never)
      .run();
  } catch (error) {
    const code = String(
      ((error as Error).cause as { code?: unknown } | undefined)?.code ?? (error as { code?: unknown }).code,
    );
    if (!code.startsWith('SQLITE_CONSTRAINT')) throw error;
    throw new ImportRefused(`${name}: another server of this world has a row with the same id.`);
  }
}
