import { type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/** Every row of every table of the file, whoever made it, without what only the game's code would know of. */
export function dump(db: BetterSQLite3Database, without: readonly string[] = []): Record<string, unknown[]> {
  const names = db
    .all<{ name: string }>(
      sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )
    .map(({ name }) => name)
    .filter((name) => !without.includes(name));
  return Object.fromEntries(names.map((name) => [name, db.all(rowsOf(name))]));
}

/** In which tables an id stands anywhere. */
export function tracesOf(db: BetterSQLite3Database, id: string): string[] {
  return Object.entries(dump(db))
    .filter(([, rows]) => JSON.stringify(rows).includes(id))
    .map(([table]) => table);
}

function rowsOf(table: string): SQL {
  return sql`SELECT * FROM ${sql.identifier(table)} ORDER BY rowid`;
}
