import { setImmediate } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { partsOf } from './parts.ts';
import { type StoredTable, tables } from './tables.ts';
import type { World } from './world.ts';

/** Where an id stands in the world. */
export interface Traces {
  /** The servers in which it does. */
  readonly servers: readonly string[];
  /** Whether it does in anything that belongs to no server. */
  readonly isInWorld: boolean;
  /** Which rows of the tables that are only added to have it. */
  readonly rows: ReadonlyMap<SQLiteTable, TracedRows>;
}

interface TracedRows {
  readonly numbers: readonly number[];
  /** The last row that was looked at. */
  readonly upTo: number;
}

/** Where nothing was looked for. */
export const NO_TRACES: Traces = { servers: [], isInWorld: false, rows: new Map() };

/** Looks through the whole world as it is now, with turns for others in between. */
export async function findTraces(world: World, id: string): Promise<Traces> {
  using snapshot = world.snapshot();
  const search = new TraceSearch(snapshot.db, id);
  for (const _ of search.steps()) await setImmediate();
  return search;
}

/** Looks through the whole world at once. */
export function findTracesNow(db: BetterSQLite3Database, id: string): Traces {
  const search = new TraceSearch(db, id);
  for (const _ of search.steps());
  return search;
}

/**
 * Which rows of a table in some scope have an id, by their numbers; undefined where none has it.
 *
 * @param traces what was found before: where rows are only added, the rest of them is looked through no more
 */
export function rowsNaming(
  db: BetterSQLite3Database,
  { table, mentioning }: StoredTable,
  inScope: SQL,
  id: string,
  traces: Traces,
): SQL | undefined {
  const found = traces.rows.get(table);
  const select = sql`SELECT rowid AS number FROM ${table}`;
  const hasId = sql`${inScope} AND ${mentioning(id)}`;
  const numbers = db
    .all<{ number: number }>(
      found
        ? sql`${select} NOT INDEXED WHERE rowid > ${found.upTo} AND ${hasId}
            UNION ALL ${select} NOT INDEXED WHERE ${isAmong(found.numbers)} AND ${hasId}`
        : sql`${select} WHERE ${hasId}`,
    )
    .map(({ number }) => number);
  return numbers.length > 0 ? isAmong(numbers) : undefined;
}

function isAmong(numbers: readonly number[]): SQL {
  return sql`rowid IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`;
}

class TraceSearch implements Traces {
  readonly rows = new Map<SQLiteTable, TracedRows>();
  isInWorld = false;
  readonly #db: BetterSQLite3Database;
  readonly #id: string;
  readonly #servers = new Set<string>();

  constructor(db: BetterSQLite3Database, id: string) {
    this.#db = db;
    this.#id = id;
  }

  get servers(): string[] {
    return [...this.#servers].sort();
  }

  /** Each is one part of one table. */
  *steps(): Generator<void> {
    for (const stored of tables) {
      const { table, notes } = stored;
      const numbers: number[] = [];
      let upTo = Number.MIN_SAFE_INTEGER;
      for (const part of partsOf(this.#db, table)) {
        numbers.push(...this.#look(stored, part.where));
        upTo = part.last;
        yield;
      }
      if (notes.isOnlyAddedTo) this.rows.set(table, { numbers, upTo });
    }
  }

  #look({ table, mentioning, guild, notes }: StoredTable, inPart: SQL): number[] {
    const found = this.#db.all<{ number: number; guildId: string | null }>(
      sql`SELECT rowid AS number, ${guild ?? sql`NULL`} AS guildId FROM ${table} WHERE ${inPart} AND ${mentioning(this.#id)}`,
    );
    for (const { guildId } of found) {
      if (guildId !== null) this.#servers.add(guildId);
      else if (guild || notes.scope === 'world') this.isInWorld = true;
    }
    return found.map(({ number }) => number);
  }
}
