import { setImmediate } from 'node:timers/promises';
import { and } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { partsOf } from '../../world/parts.ts';
import { tables } from '../../world/tables.ts';

/** What one table holds about somebody. */
export interface PersonalTable {
  readonly table: string;
  /** As they are stored, by the names that the columns have in the code; moments are written out. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** What is stored about somebody in one server; `null` stands for what belongs to none. */
export interface PersonalServer {
  readonly guildId: string | null;
  readonly tables: readonly PersonalTable[];
}

/**
 * Everything that is stored about somebody: their own rows, and whatever else names them. A large world is read with turns for
 * others in between.
 */
export async function personalData(db: BetterSQLite3Database, userId: string): Promise<PersonalServer[]> {
  const found: { table: string; guildId: string | null; row: Record<string, unknown> }[] = [];
  for (const { name, table, notes, mentioning } of tables)
    for (const part of partsOf(db, table)) {
      const rows = db
        .select()
        .from(table)
        .where(and(part.where, mentioning(userId)))
        .all();
      for (const row of rows)
        found.push({ table: name, guildId: guildOf(row), row: shown(row, notes.secret) });
      await setImmediate();
    }
  return [...Map.groupBy(found, ({ guildId }) => guildId)].map(([guildId, inServer]) => ({
    guildId,
    tables: [...Map.groupBy(inServer, ({ table }) => table)].map(([table, rows]) => ({
      table,
      rows: rows.map(({ row }) => row),
    })),
  }));
}

function guildOf(row: Readonly<Record<string, unknown>>): string | null {
  return typeof row['guildId'] === 'string' ? row['guildId'] : null;
}

function shown(
  row: Readonly<Record<string, unknown>>,
  secret: readonly string[] = [],
): Record<string, unknown> {
  const entries = Object.entries(row).filter(([column]) => !secret.includes(column));
  return Object.fromEntries(entries.map(([column, value]) => [column, inWords(column, value)]));
}

/** Columns for moments end in `At`. */
function inWords(column: string, value: unknown): unknown {
  const isMoment = column.endsWith('At') && typeof value === 'number';
  return isMoment ? new Date(value).toISOString() : value;
}
