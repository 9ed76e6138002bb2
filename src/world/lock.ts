import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import SQLite, { type Database } from 'better-sqlite3';

/** How long those who only read who holds the lock may take, in milliseconds. */
const READERS_WITHIN = 2_000;

/** Another process owns the world. */
export class WorldIsLocked extends Error {
  override readonly name = 'WorldIsLocked';
}

/**
 * One process owns one world. The lock is an open write transaction on a small database of its own: the system
 * releases it when the process dies, however it dies, and others can still read who holds it (rule R4).
 */
export class WorldLock {
  /** Kept reachable: the garbage collector closes a database that nobody holds on to, and would give the world away. */
  static readonly #held = new Set<WorldLock>();

  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
    WorldLock.#held.add(this);
  }

  /**
   * @param file where the lock lies, beside the world's own database
   * @param now the time to write down for whoever is refused
   * @throws WorldIsLocked when another process holds it, saying which one
   */
  static acquire(file: string, now: number): WorldLock {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new SQLite(file, { timeout: 0 });
    try {
      database.exec('CREATE TABLE IF NOT EXISTS holder (process INTEGER, host TEXT, since TEXT)');
      database.exec('BEGIN IMMEDIATE');
      // Ours now. Others who read who has it may hold the commit up for a moment.
      database.pragma(`busy_timeout = ${READERS_WITHIN}`);
      database.exec('DELETE FROM holder');
      database
        .prepare('INSERT INTO holder (process, host, since) VALUES (?, ?, ?)')
        .run(process.pid, hostname(), new Date(now).toISOString());
      // Committed so that others can read it; a rival may slip in between, then the next line refuses us.
      database.exec('COMMIT');
      database.exec('BEGIN IMMEDIATE');
      return new WorldLock(database);
    } catch (error) {
      const holder = readHolder(database);
      database.close();
      if (!isBusy(error)) throw error;
      throw new WorldIsLocked(
        `The world ${file.replace(/\.lock$/, '')} is in use by ${holder}. One process owns one world.`,
      );
    }
  }

  release(): void {
    WorldLock.#held.delete(this);
    this.#database.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function readHolder(database: Database): string {
  try {
    const holder = database.prepare('SELECT process, host, since FROM holder').get() as
      | { process: number; host: string; since: string }
      | undefined;
    if (holder) return `process ${holder.process} on ${holder.host} since ${holder.since}`;
  } catch {
    // The holder is just writing its name down, or the table isn't there yet.
  }
  return 'another process';
}
