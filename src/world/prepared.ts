import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/**
 * Prepares a query the first time it is used on a connection, and only then: building and compiling the SQL of a hot
 * query costs many times what running it does (measured: docs/decisions/0004-prepared-queries.md).
 *
 * @param prepare builds the query, with `sql.placeholder` for what changes, and ends in `.prepare()`
 */
export function prepared<Query>(
  prepare: (db: BetterSQLite3Database) => Query,
): (db: BetterSQLite3Database) => Query {
  const queries = new WeakMap<BetterSQLite3Database, Query>();
  return (db) => {
    const known = queries.get(db);
    if (known) return known;
    const query = prepare(db);
    queries.set(db, query);
    return query;
  };
}
