import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite, { type Database, type Statement } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { TransactionIsOver } from './errors.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * How many pages of 4 KiB the write-ahead log may grow to before they are moved: SQLite's default of 1,000 makes a
 * burst of commits stop for the disk again and again.
 */
const CHECKPOINT_AFTER = 4_000;

/** How long a statement waits for another process (an operator's command) that is writing. */
const BUSY_TIMEOUT = 5_000;

/**
 * Opens a world's database for writing, making the file and bringing its tables up to date.
 *
 * With `synchronous = NORMAL` a commit is written but not yet on the disk; {@link Durability} brings it there before
 * anybody is told of it. With `FULL` each commit waits for the disk itself.
 *
 * @param file a path, `:memory:`, or nothing for a temporary file without a name
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:' && file !== '') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = connect(file, 'NORMAL');
  migrate(drizzle(database), { migrationsFolder: MIGRATIONS });
  return database;
}

/**
 * Opens a world's database for an operator's command that writes beside the bot which owns it. It waits for the disk
 * at each commit, since it ends right after it, and leaves the tables alone.
 *
 * @throws WorldIsOlder when the bot has not brought the tables up to date yet
 */
export function openBesideBot(file: string): Database {
  return ofThisVersion(connect(file, 'FULL'));
}

/**
 * Opens a world's database for an operator's command that only reads.
 *
 * @throws WorldIsOlder when the bot has not brought the tables up to date yet
 */
export function openToRead(file: string): Database {
  return ofThisVersion(new SQLite(file, { timeout: BUSY_TIMEOUT, readonly: true }));
}

function ofThisVersion(database: Database): Database {
  const newest = readMigrationFiles({ migrationsFolder: MIGRATIONS }).at(-1)?.folderMillis;
  try {
    const applied = database.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get();
    if (applied === newest) return database;
    throw new WorldIsOlder();
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The tables are of another version than this program. */
export class WorldIsOlder extends Error {
  override readonly name = 'WorldIsOlder';

  constructor() {
    super(
      'The world is of another version than this program: start the bot of this version once, then try again.',
    );
  }
}

function connect(file: string, synchronous: 'NORMAL' | 'FULL'): Database {
  const database = new SQLite(file, { timeout: BUSY_TIMEOUT });
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${synchronous}`);
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_AFTER}`);
  database.pragma('foreign_keys = ON');
  return database;
}

/**
 * Moves all of the write-ahead log into the database and empties it.
 *
 * @returns false when somebody is reading what is in it; nobody is waited for
 */
export function emptyLog(database: Database): boolean {
  database.pragma('busy_timeout = 0');
  try {
    const [outcome] = database.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    return outcome.busy === 0;
  } finally {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  }
}

/**
 * Opens a second connection that can only read, so that nothing is written outside a transaction of the world.
 * A world in memory has one connection only, which serves as both.
 */
export function openReader(writer: Database): Database {
  if (writer.memory) return writer;
  return new SQLite(writer.name, { timeout: BUSY_TIMEOUT, readonly: true });
}

/** A world as it was at one moment. */
export interface Snapshot extends Disposable {
  readonly db: BetterSQLite3Database;
}

/** Keeps the state that a database has now to be read: on a connection of its own, unless it is in memory. */
export function openSnapshot(database: Database): Snapshot {
  if (database.memory) return { db: drizzle(database), [Symbol.dispose]: () => undefined };
  return snapshotOf(new SQLite(database.name, { timeout: BUSY_TIMEOUT, readonly: true }));
}

/**
 * The same for an operator's command.
 *
 * @throws WorldIsOlder when the bot has not brought the tables up to date yet
 */
export function openSnapshotBesideBot(file: string): Snapshot {
  return snapshotOf(openToRead(file));
}

function snapshotOf(connection: Database): Snapshot {
  connection.exec('BEGIN');
  // It is taken when something is read for the first time.
  connection.prepare('SELECT count(*) FROM world_facts').get();
  return { db: drizzle(connection), [Symbol.dispose]: () => void connection.close() };
}

/**
 * The writer as a transaction hands it out: every statement is refused while no transaction is under way. Otherwise
 * what is written through a `tx.db` that somebody kept would commit by itself: after an `await`, or after a full disk
 * that ended the transaction and whose error was swallowed.
 */
export function onlyInTransactions(writer: Database): Database {
  const requireTransaction = () => {
    if (!writer.inTransaction) throw new TransactionIsOver();
  };
  const guard = (statement: Statement) => ({
    run: (...values: unknown[]) => {
      requireTransaction();
      return statement.run(...values);
    },
    get: (...values: unknown[]) => {
      requireTransaction();
      return statement.get(...values);
    },
    all: (...values: unknown[]) => {
      requireTransaction();
      return statement.all(...values);
    },
    raw: () => guard(statement.raw()),
  });
  const guarded = {
    prepare: (source: string) => guard(writer.prepare(source)),
    transaction: () => {
      // What is published inside a part that is undone would reach the listeners all the same.
      throw new Error('An action is one transaction and cannot be divided.');
    },
  };
  // This is all that Drizzle uses of a connection.
  return guarded as unknown as Database;
}
