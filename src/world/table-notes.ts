import type { SQL } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';
import type { Random } from './random.ts';

/** What a table says of its rows that its columns don't. Each has a default that is right for most tables. */
export interface TableNotes {
  /**
   * Said by a table whose rows are of no server. Any other has a column `guild_id`, or refers to a table that has one.
   */
  readonly scope?: 'world';
  /** What becomes of the rows of somebody who is forgotten (column `user_id`). They are deleted by default. */
  readonly ownRows?: 'deleted' | 'anonymized';
  /** Which of their rows are anonymized all the same, since others would notice that they are gone. */
  readonly keptRows?: SQL;
  /**
   * What becomes of rows that name a person or a server who is forgotten anywhere else: in JSON, in a key, in the text
   * of an error. By default somebody else's id takes the place of a person's.
   */
  readonly mentions?: 'deleted' | 'anonymized';
  /**
   * Which rows go with a server that is exported; `false` for a table that is made anew of the others, or whose rows mean
   * something at this moment only. By default all of a server's do.
   */
  readonly exported?: false | SQL;
  /**
   * Columns, by their names in the code, that nobody is shown who asks what is stored about them: they would tell what is
   * still to be rolled, or what is somebody else's.
   */
  readonly secret?: readonly string[];
  /**
   * Whether its rows, which it numbers itself, are only ever added, and never changed but to take somebody out of them:
   * then what was found among them once need not be looked for again.
   */
  readonly isOnlyAddedTo?: boolean;
  /**
   * Whether a server that has rows here has some in another table too. Then nobody looks here for which servers there are,
   * which would mean reading all of it.
   */
  readonly isNeverAlone?: boolean;
  /** Columns that no export holds, and what an import writes into them instead. */
  readonly madeAnew?: Readonly<Record<string, (random: Random) => unknown>>;
  /** What must be true of a column's value beyond its type, where what reads it relies on more. */
  readonly shapes?: Readonly<Record<string, z.ZodType>>;
}

const notes = new Map<SQLiteTable, TableNotes>();

/** Says about a table what its columns don't. Call it beside the table. */
export function noteTable(table: SQLiteTable, about: TableNotes): void {
  notes.set(table, about);
}

/** What was said about a table. */
export function notesOf(table: SQLiteTable): TableNotes {
  return notes.get(table) ?? {};
}
