import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, nextTimeOfDay } from './time-of-day.ts';
import type { Tx } from './transaction.ts';
import type { World } from './world.ts';

declare module './outbox.ts' {
  interface JobPayloads {
    backUpWorld: Record<string, never>;
  }
}

/** When backups are made, in milliseconds after midnight UTC: an hour after a large world is scrubbed. */
const TIME_OF_DAY = 5 * 60 * 60_000;

/** How a backup is called: by the day that it was made on. */
const NAME = /^world-(\d{4}-\d\d-\d\d)\.sqlite$/;

/** What is still being written. */
const UNFINISHED = '.part';

export interface BackupOptions {
  readonly world: World;
  /** Where they are kept; made when the first one is. */
  readonly directory: string;
  /** For how many days each is kept; 0 makes none, and removes those that there are. */
  readonly keepDays: number;
}

/** A copy of the world for each day, for so many days and no longer: who is forgotten is to be forgotten there too. */
export class Backups {
  readonly #world: World;
  readonly #directory: string;
  readonly #keepDays: number;

  constructor({ world, directory, keepDays }: BackupOptions) {
    this.#world = world;
    this.#directory = directory;
    this.#keepDays = keepDays;
  }

  /** Asks for the next backup. Call at each start. */
  begin(tx: Tx): void {
    if (this.#keepDays > 0)
      tx.request({ ...JOB, runAt: nextTimeOfDay(TIME_OF_DAY, tx.now), keepEarlier: true });
  }

  /** Makes the backup of today, beside everything else that goes on, and removes those that are too old. */
  async run(): Promise<void> {
    if (this.#keepDays > 0) await this.#backUp();
    this.prune();
  }

  /** Removes what is too old, and what was never finished. Also at each start: the bot may have been away for long. */
  prune(): void {
    const oldest = Date.parse(this.#today()) - (this.#keepDays - 1) * DAY;
    for (const file of this.#files()) {
      const day = NAME.exec(file)?.[1];
      const isLeftOver = file.endsWith(UNFINISHED);
      if (isLeftOver || (day !== undefined && Date.parse(day) < oldest))
        rmSync(join(this.#directory, file), { force: true });
    }
  }

  /** Asks for tomorrow's. Does nothing where none are to be made any more. */
  requestNext(tx: Tx): void {
    if (this.#keepDays > 0) tx.request({ ...JOB, runAt: nextTimeOfDay(TIME_OF_DAY, tx.now) });
  }

  async #backUp(): Promise<void> {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    const file = join(this.#directory, `world-${this.#today()}.sqlite`);
    const unfinished = file + UNFINISHED;
    // SQLite keeps the mode of a file that is there.
    writeFileSync(unfinished, '', { mode: 0o600 });
    await this.#world.backUp(unfinished);
    renameSync(unfinished, file);
  }

  #files(): string[] {
    try {
      return readdirSync(this.#directory).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  #today(): string {
    return new Date(this.#world.clock.now()).toISOString().slice(0, 'YYYY-MM-DD'.length);
  }
}

const JOB = { task: 'backUpWorld', id: 'world', payload: {} } as const;
