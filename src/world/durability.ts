import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Brings commits onto the disk, many at once and beside the main thread. A commit itself only writes (SQLite's
 * `synchronous = NORMAL`), which survives every crash of the process; whoever is about to tell the outside world
 * waits here first, so that not even a power cut takes back what somebody was told
 * (docs/decisions/0003-durability.md).
 */
export class Durability {
  readonly #sync: () => Promise<void>;
  #committed = 0;
  #synced = 0;
  #underWay: Promise<void> | undefined;
  #failure: unknown;

  /** @param sync brings everything that was written so far onto the disk */
  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Notes that something was committed. */
  noteCommit(): void {
    this.#committed++;
  }

  /**
   * Waits until everything that was committed before this call is on the disk.
   *
   * @throws when the disk has failed, now or ever before: the system may have dropped what it could not write, so that a
   *   later sync succeeds without it
   */
  async settled(): Promise<void> {
    const wanted = this.#committed;
    while (this.#synced < wanted) {
      if (this.#failure) throw this.#failure;
      this.#underWay ??= this.#run();
      await this.#underWay;
    }
  }

  async #run(): Promise<void> {
    // What is committed while the disk is busy waits for the next round.
    const upTo = this.#committed;
    try {
      await this.#sync();
      this.#synced = upTo;
    } catch (error) {
      this.#failure = error;
      throw error;
    } finally {
      this.#underWay = undefined;
    }
  }
}

/** A world's write-ahead log, which SQLite keeps as one file for as long as the database is open. */
export class WriteAheadLog {
  readonly #descriptor: number;

  /** @param database the path of the database, which is open and has been written to */
  constructor(database: string) {
    this.#descriptor = openSync(`${database}-wal`, 'r+');
  }

  /** Brings it onto the disk, in a thread of its own. */
  sync(): Promise<void> {
    return flush(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

const flush = promisify(fdatasync);
