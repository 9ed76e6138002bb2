import { type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/** How many rows are looked at at once, whosever they are: a few milliseconds. */
const ROWS = 5_000;

/** Some rows of a table that follow each other. */
export interface Part {
  /** What is true of them and of no others. */
  readonly where: SQL;
  /** The number of the last one. */
  readonly last: number;
}

/**
 * A table in parts, in the order of its rows. Whoever reads a large one lets others have their turn in between.
 */
export function* partsOf(db: BetterSQLite3Database, table: SQLiteTable): Generator<Part> {
  let before = sql`true`;
  for (;;) {
    const { last } = db.get<{ last: number | null }>(
      sql`SELECT max(number) AS last FROM
        (SELECT rowid AS number FROM ${table} WHERE ${before} ORDER BY rowid LIMIT ${ROWS})`,
    );
    if (last === null) return;
    yield { where: sql`${before} AND rowid <= ${last}`, last };
    before = sql`rowid > ${last}`;
  }
}
