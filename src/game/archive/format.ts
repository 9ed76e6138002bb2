import { getTableColumns } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { type StoredTable, tables } from '../../world/tables.ts';

/*
 * A server as a file: JSON lines, packed by gzip. The first line says what it is and of which server; then comes a line
 * for each row, table by table, `["players",{"userId":"…",…}]`; the last one has how many there are of each table and
 * the SHA-256 of all lines before it. There is no time and no chance in it: the same server makes the same file.
 */

export const FORMAT = 'forgeling-server';

/** Goes up when a file of before can't be read any more. */
export const VERSION = 1;

export const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  server: z.string().regex(/^\d{15,21}$/),
});

export const footerSchema = z.strictObject({
  rows: z.record(z.string(), z.int().nonnegative()),
  sha256: z.string(),
});

/** A table that goes with a server. */
export interface ArchivedTable {
  readonly stored: StoredTable;
  /** The columns that an export holds, by their names in the code. */
  readonly columns: Readonly<Record<string, SQLiteColumn>>;
}

/** What goes with a server, in this order: what others refer to comes first. */
export const archivedTables: readonly ArchivedTable[] = tables
  .filter(({ notes }) => notes.scope !== 'world' && notes.exported !== false)
  .map((stored) => ({ stored, columns: exportedColumns(stored) }));

/** Not the server, which is said once, nor numbers and secrets that each world gives for itself. */
function exportedColumns({ table, notes }: StoredTable): Record<string, SQLiteColumn> {
  const columns = Object.entries(getTableColumns(table) as Record<string, SQLiteColumn>);
  const isExported = ([name, column]: [string, SQLiteColumn]) =>
    name !== 'guildId' && !isNumbered(column) && notes.madeAnew?.[name] === undefined;
  return Object.fromEntries(columns.filter(isExported));
}

/** Whether the database numbers the rows by this column. */
export function isNumbered(column: SQLiteColumn): boolean {
  return 'autoIncrement' in column && column.autoIncrement === true;
}

/** How an export of a server is called. */
export function exportName(guildId: string, now: number): string {
  const [day = ''] = new Date(now).toISOString().split('T');
  return `forgeling-${guildId}-${day}.jsonl.gz`;
}
