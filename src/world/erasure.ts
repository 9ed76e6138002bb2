import { and, eq, getTableColumns, isNull, not, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { idPattern } from './mentions.ts';
import { type StoredTable, tables } from './tables.ts';
import { NO_TRACES, rowsNaming, type Traces } from './traces.ts';
import type { Tx } from './transaction.ts';

/** What became of the rows of somebody. */
export interface Erasure {
  /** How many are gone. */
  readonly deleted: number;
  /** How many stay, with somebody else's id in the place of theirs. */
  readonly anonymized: number;
}

/**
 * Deletes every row of a server, in every table there is, and every row of the world that names it.
 *
 * @returns how many rows that were
 */
export function eraseServer(tx: Tx, guildId: string): number {
  // Those that refer to others go before them.
  return tables.toReversed().reduce((erased, { table, notes, ofServer, mentioning }) => {
    const naming = notes.mentions === 'deleted' ? mentioning(guildId) : undefined;
    const where = ofServer(guildId) ?? naming;
    return where ? erased + tx.db.delete(table).where(where).run().changes : erased;
  }, 0);
}

/** Who has rows in a server, and in no other one. */
export function peopleOnlyIn(db: BetterSQLite3Database, guildId: string): string[] {
  const owned = tables.flatMap(({ table, owner }) => {
    const { guildId: guild } = getTableColumns(table) as { guildId?: SQL };
    return owner && guild
      ? [
          sql`SELECT DISTINCT ${owner} AS userId, ${guild} AS guildId FROM ${table} WHERE ${guild} IS NOT NULL`,
        ]
      : [];
  });
  if (owned.length === 0) return [];
  return db
    .all<{ userId: string }>(
      sql`SELECT userId FROM (${sql.join(owned, sql` UNION `)}) WHERE userId IS NOT NULL
        GROUP BY userId HAVING count(*) = 1 AND min(guildId) = ${guildId}`,
    )
    .map(({ userId }) => userId);
}

/**
 * Takes somebody out of a server: of every row of theirs, and of every row that names them, the notes beside its table say
 * whether it goes or whether the stand-in takes their place.
 *
 * @param traces what was found of them just before: it need not be looked for again
 */
export function erasePerson(
  tx: Tx,
  guildId: string,
  userId: string,
  standIn: string,
  traces: Traces = NO_TRACES,
): Erasure {
  return eraseRows(tx, (stored) => stored.ofServer(guildId), userId, standIn, traces);
}

/** Takes somebody out of the rows that belong to no server. */
export function erasePersonFromWorld(tx: Tx, userId: string, standIn: string): Erasure {
  return eraseRows(tx, ofNoServer, userId, standIn, NO_TRACES);
}

/** Which rows belong to no server: all of a table that is the world's own, or those that have none. */
function ofNoServer({ table, notes }: StoredTable): SQL | undefined {
  if (notes.scope === 'world') return sql`true`;
  const { guildId } = getTableColumns(table) as { guildId?: SQL };
  return guildId && isNull(guildId);
}

function eraseRows(
  tx: Tx,
  scope: (stored: StoredTable) => SQL | undefined,
  userId: string,
  standIn: string,
  traces: Traces,
): Erasure {
  let deleted = 0;
  let anonymized = 0;
  for (const stored of tables.toReversed()) {
    const inScope = scope(stored);
    // A row that is somebody's own has their id too.
    const naming = inScope && rowsNaming(tx.db, stored, inScope, userId, traces);
    if (!naming) continue;
    deleted += deleteRows(tx, stored, naming, userId);
    anonymized += handOver(tx, stored, naming, userId, standIn);
    anonymized += replaceMentions(tx, stored, naming, userId, standIn);
  }
  return { deleted, anonymized };
}

function deleteRows(tx: Tx, { table, notes, owner, mentioning }: StoredTable, naming: SQL, userId: string) {
  const { ownRows = 'deleted', keptRows, mentions } = notes;
  const own = owner && ownRows === 'deleted' ? eq(owner, userId) : undefined;
  const where = mentions === 'deleted' ? mentioning(userId) : own;
  if (!where) return 0;
  return tx.db
    .delete(table)
    .where(and(naming, where, keptRows && not(keptRows)))
    .run().changes;
}

/** Most of what is kept has the id in the column that is for it, and nowhere else. */
function handOver(tx: Tx, { table, owner }: StoredTable, naming: SQL, userId: string, standIn: string) {
  if (!owner) return 0;
  const name = sql.identifier(owner.name);
  const { changes } = tx.db.run(
    sql`UPDATE ${table} SET ${name} = ${standIn} WHERE ${naming} AND ${eq(owner, userId)}`,
  );
  return changes;
}

/** The rest has it somewhere in a text. */
function replaceMentions(
  tx: Tx,
  { table, columns, mentioning }: StoredTable,
  naming: SQL,
  userId: string,
  standIn: string,
): number {
  const names = columns.filter((column) => column.getSQLType() === 'text').map(({ name }) => name);
  if (names.length === 0) return 0;
  const selected = sql.join(
    names.map((name) => sql.identifier(name)),
    sql`, `,
  );
  const rows = tx.db.all<Record<string, string | null> & { row_number: number }>(
    sql`SELECT rowid AS row_number, ${selected} FROM ${table} WHERE ${naming} AND ${mentioning(userId)}`,
  );
  const id = idPattern(userId);
  for (const row of rows) {
    const changes = names.map(
      (name) => sql`${sql.identifier(name)} = ${row[name]?.replace(id, standIn) ?? null}`,
    );
    tx.db.run(sql`UPDATE ${table} SET ${sql.join(changes, sql`, `)} WHERE rowid = ${row.row_number}`);
  }
  return rows.length;
}
