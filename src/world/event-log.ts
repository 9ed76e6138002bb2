import type { Database } from 'better-sqlite3';
import type { DomainEvent } from './event.ts';

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
