import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite, { type Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/** How long a statement waits for another process (an operator's command) that is writing. */
const BUSY_TIMEOUT = 5_000;

/**
 * Opens a world's database for writing, making the file and bringing its tables up to date.
 *
 * `synchronous = FULL`: a commit is on the disk before a player is told of it, so a power cut loses nothing that
 * was promised (docs/decisions/0003-durability.md).
 *
 * @param file a path, or `:memory:`
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new SQLite(file, { timeout: BUSY_TIMEOUT });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  migrate(drizzle(database), { migrationsFolder: MIGRATIONS });
  return database;
}

/**
 * Opens a second connection that can only read, so that nothing is written outside a transaction of the world.
 * A world in memory has one connection only, which serves as both.
 */
export function openReader(writer: Database): Database {
  if (writer.memory) return writer;
  return new SQLite(writer.name, { timeout: BUSY_TIMEOUT, readonly: true });
}
