import type { Database } from 'better-sqlite3';
import { and, asc, eq, gt, lte, max, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { DomainEvent } from './event.ts';
import { events } from './events.table.ts';
import { prepared } from './prepared.ts';

interface StoredEvent {
  sequence: number;
  id: string;
  name: string;
  version: number;
  guild_id: string;
  user_id: string | null;
  occurred_at: number;
  cause_id: string;
  data: string;
}

/** The events that are kept, as rows. */
export class EventLog {
  readonly #insert;
  readonly #insertMissing;
  readonly #find;

  constructor(database: Database) {
    const row = `INTO events (id, name, version, guild_id, user_id, occurred_at, cause_id, data)
       VALUES (@id, @name, @version, @guildId, @userId, @occurredAt, @causeId, @data)`;
    this.#insert = database.prepare(`INSERT ${row}`);
    this.#insertMissing = database.prepare(`INSERT ${row} ON CONFLICT (id) DO NOTHING`);
    this.#find = database.prepare('SELECT * FROM events WHERE id = ?');
  }

  /**
   * Adds an event. Call inside a transaction.
   *
   * @throws SqliteError when an event with this id is there already: what it tells was done before
   */
  append(event: DomainEvent): void {
    this.#insert.run({ ...event, data: JSON.stringify(event.data) });
  }

  /** Adds an event unless it is there: for one that isn't kept but that a delivery has to refer to. */
  ensure(event: DomainEvent): void {
    this.#insertMissing.run({ ...event, data: JSON.stringify(event.data) });
  }

  /** The event as it was written, in the version it was written in. */
  find(id: string): DomainEvent | undefined {
    const row = this.#find.get(id) as StoredEvent | undefined;
    if (!row) return undefined;
    return {
      id: row.id,
      name: row.name,
      version: row.version,
      guildId: row.guild_id,
      userId: row.user_id,
      occurredAt: row.occurred_at,
      causeId: row.cause_id,
      data: JSON.parse(row.data) as unknown,
    };
  }
}

/** An event with its number in the log; the numbers grow in the order of publication. */
export interface NumberedEvent extends DomainEvent {
  readonly sequence: number;
}

/**
 * Reads a part of the log, in the order of publication, each event as it was written.
 *
 * @param after the number before the first that is wanted
 * @param through the last number that is wanted
 * @param limit how many events at most
 */
export function readEvents(
  db: BetterSQLite3Database,
  range: { readonly after: number; readonly through: number; readonly limit: number },
): NumberedEvent[] {
  return selectRange(db).all({ ...range });
}

/** An event as it was written; undefined for one that has no row. */
export function findEvent(db: BetterSQLite3Database, id: string): NumberedEvent | undefined {
  return selectEvent(db).get({ id });
}

/** The number of an event in the log; undefined for one that has no row. */
export function sequenceOf(db: BetterSQLite3Database, id: string): number | undefined {
  return selectSequence(db).get({ id })?.sequence;
}

/** The number of the newest event in the log; 0 when there is none. */
export function lastSequence(db: BetterSQLite3Database): number {
  return selectLast(db).get()?.sequence ?? 0;
}

const { placeholder } = sql;

const selectRange = prepared((db) =>
  db
    .select()
    .from(events)
    .where(and(gt(events.sequence, placeholder('after')), lte(events.sequence, placeholder('through'))))
    .orderBy(asc(events.sequence))
    .limit(placeholder('limit'))
    .prepare(),
);

const selectEvent = prepared((db) =>
  db
    .select()
    .from(events)
    .where(eq(events.id, placeholder('id')))
    .prepare(),
);

const selectSequence = prepared((db) =>
  db
    .select({ sequence: events.sequence })
    .from(events)
    .where(eq(events.id, placeholder('id')))
    .prepare(),
);

const selectLast = prepared((db) =>
  db
    .select({ sequence: max(events.sequence) })
    .from(events)
    .prepare(),
);
