import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { and, gt, lte, max, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { type ArchivedTable, archivedTables, FORMAT, VERSION } from './format.ts';

/** How many rows are looked at at once, whosever they are: a few milliseconds, between which others have their turn. */
const PAGE = 2_000;

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
      if (page.length > 0) {
        yield page.map((row) => line([name, row])).join('');
        rows[name] = (rows[name] ?? 0) + page.length;
      }
      await setImmediate();
    }
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`;
}

/** The rows of a table in the order in which they were written; a page may be empty, where others' rows stand. */
function* pagesOf(
  db: BetterSQLite3Database,
  { stored: { table, notes, ofServer }, columns }: ArchivedTable,
  guildId: string,
): Generator<Record<string, unknown>[]> {
  const chosen = notes.exported === false ? undefined : notes.exported;
  const rowid = sql<number>`rowid`;
  const last = Number(
    db
      .select({ rowid: max(rowid) })
      .from(table)
      .get()?.rowid ?? 0,
  );
  for (let before = 0; before < last; before += PAGE) {
    const where = and(ofServer(guildId), chosen, gt(rowid, before), lte(rowid, before + PAGE));
    yield db
      .select({ ...columns })
      .from(table)
      .where(where)
      .orderBy(rowid)
      .all();
  }
}
