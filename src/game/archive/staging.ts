import SQLite, { type Database } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { openDatabase } from '../../world/database.ts';
import { verifyLedger } from '../../world/ledger.ts';
import { seededRandom } from '../../world/random.ts';
import type { ReadRow } from './read-rows.ts';
import { ImportRefused } from './refused.ts';

/** How many rows are written at once. */
const BATCH = 100;

interface Numbered extends ReadRow {
  readonly line: number;
}

/** A database without a name: SQLite takes its file out of the folder as soon as it is open, so that no crash leaves it. */
const NAMELESS = '';

/**
 * A world of its own, in a temporary file, in which a server is put together before it comes into the real
 * one: what contradicts itself is refused there by the same tables, with the line that it stands in.
 */
export class Staging implements Disposable {
  readonly db: BetterSQLite3Database;
  readonly #database: Database;
  readonly #guildId: string;
  #batch: Numbered[] = [];

  constructor(guildId: string) {
    this.#guildId = guildId;
    this.#database = openDatabase(NAMELESS);
    this.#database.pragma('synchronous = OFF');
    this.#database.exec('BEGIN');
    this.db = drizzle(this.#database);
  }

  /** @throws ImportRefused when a row does not go with those before it */
  add(row: Numbered): void {
    const [first] = this.#batch;
    if (this.#batch.length === BATCH || (first && first.archived !== row.archived)) this.#write();
    this.#batch.push(row);
  }

  /** @throws ImportRefused when the rows do not go together */
  finish(): void {
    this.#write();
    this.#database.exec('COMMIT');
    const [wrong, ...more] = verifyLedger(this.db);
    if (!wrong) return;
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    throw new ImportRefused(
      `The sums do not match: of ${wrong.asset} user ${wrong.userId} has ${wrong.balance}, and the ledger says ${wrong.ledger}${others}.`,
    );
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #write(): void {
    const batch = this.#batch;
    this.#batch = [];
    const [first] = batch;
    if (!first) return;
    try {
      this.#insert(batch);
    } catch {
      // Which of them it is shows one by one.
      for (const row of batch) this.#insertOne(row);
    }
  }

  #insertOne(row: Numbered): void {
    try {
      this.#insert([row]);
    } catch (error) {
      if (!(causeOf(error) instanceof SQLite.SqliteError)) throw error;
      throw new ImportRefused(`${row.archived.stored.name}: ${reasonOf(causeOf(error))}`, row.line);
    }
  }

  #insert(batch: readonly Numbered[]): void {
    const [first] = batch;
    if (!first) return;
    const { table, notes } = first.archived.stored;
    const random = seededRandom('not used');
    const filled = Object.entries(notes.madeAnew ?? {}).map(
      ([column, make]) => [column, make(random)] as const,
    );
    const own = first.archived.stored.columns.some(({ name }) => name === 'guild_id')
      ? { guildId: this.#guildId }
      : {};
    const rows = batch.map(({ row }) => ({ ...Object.fromEntries(filled), ...row, ...own }));
    // What the columns are was checked against the table itself.
    this.db
      .insert(table)
      .values(rows as never)
      .run();
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** What SQLite says, in words for who never saw the tables. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code: string; message: string };
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return 'it refers to something that is not in the file.';
  if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE')
    return 'it is there twice.';
  if (code === 'SQLITE_CONSTRAINT_CHECK') return `it breaks a rule of the table (${message}).`;
  return message;
}
