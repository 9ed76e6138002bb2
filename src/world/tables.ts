import { readdirSync } from 'node:fs';
import { eq, getTableColumns, inArray, is, or, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { mentions } from './mentions.ts';
import { notesOf, type TableNotes } from './table-notes.ts';

/** A table of the world, and whose its rows are: a server's, a person's, or the world's own. */
export interface StoredTable {
  readonly name: string;
  readonly table: SQLiteTable;
  readonly columns: readonly SQLiteColumn[];
  readonly notes: TableNotes;
  /** The tables that its rows refer to. */
  readonly refersTo: readonly SQLiteTable[];
  /** Where the server's id stands; undefined where it doesn't. */
  readonly guild: SQLiteColumn | undefined;
  /** Where somebody's id stands in their own rows; undefined where nobody has any. */
  readonly owner: SQLiteColumn | undefined;
  /** Which rows are a server's; undefined where none is any server's. */
  ofServer(guildId: string): SQL | undefined;
  /** Which rows have an id anywhere in their texts; one that stands within a longer number is another one. */
  mentioning(id: string): SQL;
}

/** A table whose rows nobody could export, import or delete with whom they are of. */
export class TableFitsNowhere extends Error {
  override readonly name = 'TableFitsNowhere';

  constructor(table: string) {
    super(
      `Whose are the rows of ${table}? Give it a column guild_id, let it refer to a table that has one, ` +
        "or note beside it that its rows are of no server: noteTable(…, { scope: 'world' }).",
    );
  }
}

const SOURCES = new URL('..', import.meta.url);

/**
 * Every table there is, found by the ending of its file; what others refer to stands before them. A file of a table
 * must not import what imports this.
 */
export const tables: readonly StoredTable[] = inOrder((await loadTables()).map(describeTable));

/**
 * Whose the rows of a table are, as its columns and the notes beside it say.
 *
 * @throws TableFitsNowhere
 */
export function describeTable(table: SQLiteTable): StoredTable {
  const { name, foreignKeys } = getTableConfig(table);
  const columns = Object.values(getTableColumns(table) as Record<string, SQLiteColumn>);
  const notes = notesOf(table);
  const named = (wanted: string) => columns.find((column) => column.name === wanted);
  const references = foreignKeys.map((key) => key.reference());
  const texts = columns.filter((column) => column.getSQLType() === 'text');
  const guild = named('guild_id');
  const [reference] = references.filter(({ foreignTable }) => 'guildId' in getTableColumns(foreignTable));
  if (!guild && !reference && notes.scope !== 'world') throw new TableFitsNowhere(name);
  return {
    name,
    table,
    columns,
    notes,
    refersTo: references.map(({ foreignTable }) => foreignTable),
    guild,
    owner: named('user_id'),
    ofServer: (guildId) => {
      if (notes.scope === 'world') return undefined;
      if (guild) return eq(guild, guildId);
      if (!reference) throw new TableFitsNowhere(name);
      const { columns: own, foreignColumns, foreignTable } = reference;
      const [column] = own;
      const [key] = foreignColumns;
      if (!column || !key) throw new TableFitsNowhere(name);
      const ofServer = sql`${sql.identifier('guild_id')} = ${guildId}`;
      return inArray(
        column,
        sql`(SELECT ${sql.identifier(key.name)} FROM ${foreignTable} WHERE ${ofServer})`,
      );
    },
    mentioning: (id) => or(...texts.map((column) => mentions(column, id))) ?? sql`false`,
  };
}

async function loadTables(): Promise<SQLiteTable[]> {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.table.ts'),
  );
  const modules = await Promise.all(
    files.sort().map((file) => import(new URL(file, SOURCES).href) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module).filter((value) => is(value, SQLiteTable)));
}

/** What others refer to first. */
function inOrder(all: readonly StoredTable[]): StoredTable[] {
  const ordered = new Set<StoredTable>();
  const visit = (stored: StoredTable): void => {
    for (const each of all) if (each !== stored && stored.refersTo.includes(each.table)) visit(each);
    ordered.add(stored);
  };
  for (const each of all) visit(each);
  return [...ordered];
}
