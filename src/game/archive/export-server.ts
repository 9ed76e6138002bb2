import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { and, gt, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { type ArchivedTable, archivedTables, FORMAT, VERSION } from './format.ts';

/** How many rows are read at once, between which others have their turn. */
const PAGE = 500;

/** Whether anything is stored of a server. */
export function isStored(db: BetterSQLite3Database, guildId: string): boolean {
  return archivedTables.some(({ stored: { table, ofServer } }) => {
    const found = db.select({ one: sql`1` }).from(table).where(ofServer(guildId)).limit(1).get();
    return found !== undefined;
  });
}

/**
 * Everything of a server, line by line: see `format.ts`.
 *
 * @param db a snapshot: what is written meanwhile must not come in
 */
export async function* exportServer(db: BetterSQLite3Database, guildId: string): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  const line = (content: unknown) => {
    const text = `${JSON.stringify(content)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ format: FORMAT, version: VERSION, server: guildId });
  for (const archived of archivedTables) {
    const { name } = archived.stored;
    for (const page of pagesOf(db, archived, guildId)) {
      yield page.map((row) => line([name, row])).join('');
      rows[name] = (rows[name] ?? 0) + page.length;
      await setImmediate();
    }
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`;
}

/** The rows of a table in the order in which they were written. */
function* pagesOf(
  db: BetterSQLite3Database,
  { stored: { table, notes, ofServer }, columns }: ArchivedTable,
  guildId: string,
): Generator<Record<string, unknown>[]> {
  const chosen = notes.exported === false ? undefined : notes.exported;
  const rowid = sql<number>`rowid`;
  for (let last = 0; ; ) {
    const where: SQL | undefined = and(ofServer(guildId), chosen, gt(rowid, last));
    const page = db
      .select({ ...columns, [NUMBER]: rowid })
      .from(table)
      .where(where)
      .orderBy(rowid)
      .limit(PAGE)
      .all() as Record<string, unknown>[];
    if (page.length === 0) return;
    last = Number(page.at(-1)?.[NUMBER]);
    yield page.map(({ [NUMBER]: _, ...row }) => row);
  }
}

/** No column is called so. */
const NUMBER = 'rowid';
