import type { PoolConfig } from 'pg';

/** How to reach the queue's database: spread it into the options of a `pg.Pool` or `pg.Client`. */
export type PgConnection = Readonly<
  Pick<PoolConfig, 'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database'>
>;

/** Where the queue's PostgreSQL is, and who looks after it. */
export interface PostgresServer {
  /** For people and logs, without secrets, such as "embedded PostgreSQL in data/var/postgres". */
  readonly description: string;

  /**
   * Makes sure that the server runs, starting it if it is ours, and says how to connect to it. Meant to be called
   * again after every loss. Ask each time: an embedded server may come back on another port.
   *
   * @throws {PostgresUnavailable} with one sentence for the operator
   */
  ensureRunning(): Promise<PgConnection>;

  /**
   * Stops the embedded server, whichever process of ours had started it; leaves a given one alone. Call it after
   * everything that holds a connection was closed. `ensureRunning` starts it again.
   *
   * @throws {PostgresUnavailable} if it would not stop
   */
  stop(): Promise<void>;
}

/** The queue's PostgreSQL cannot be used now. The message is one sentence that an operator can act on. */
export class PostgresUnavailable extends Error {
  override readonly name = 'PostgresUnavailable';
}

/** What this folder needs of a logger; pino is one. */
export interface Logger {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}
