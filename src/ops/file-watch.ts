import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { watch } from 'chokidar';

/** So long the files must have been still, in milliseconds: somebody may be in the middle of writing them. */
const STILL_FOR = 50;

/** So often is waited for that at the most: a file that is written without end is looked at as it is. */
const MOST_WAITS = 20;

/** Waits so long as files must have been still; aborted, it ends at once. */
type Wait = (signal: AbortSignal) => Promise<unknown>;

const waitForStillness: Wait = (signal) => delay(STILL_FOR, undefined, { signal }).catch(() => undefined);

/**
 * Looks at files when they have changed. What the system tells of a change is only a hint to look: a burst of them is
 * one look, and what came while it looked is looked at afterwards. The files may be written, replaced, removed and put
 * back; they, and their folder, need not be there yet.
 */
export class FileWatch {
  readonly #files: readonly string[];
  readonly #look: () => unknown;
  readonly #onTrouble: (error: unknown) => void;
  readonly #wait: Wait;
  readonly #watcher;
  readonly #stop = new AbortController();
  #isHinted = false;
  #work: Promise<void> | undefined;

  /**
   * Begins to watch, and looks once when it does: something may have changed since they were read.
   *
   * @param look reads the files; it is never called twice at once
   * @param onTrouble is told when the system cannot watch, and what `look` threw
   * @param wait how long the files must have been still
   */
  constructor(
    files: readonly string[],
    look: () => unknown,
    onTrouble: (error: unknown) => void,
    wait: Wait = waitForStillness,
  ) {
    this.#files = files;
    this.#look = look;
    this.#onTrouble = onTrouble;
    this.#wait = wait;
    this.#watcher = watch([...files], { ignoreInitial: true });
    for (const hint of ['all', 'ready'] as const) this.#watcher.on(hint, () => this.#hint());
    this.#watcher.on('error', onTrouble);
  }

  /** Stops watching, after the look that is under way. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#watcher.close();
    await this.#work;
  }

  #hint(): void {
    this.#isHinted = true;
    this.#work ??= this.#run().finally(() => {
      this.#work = undefined;
    });
  }

  async #run(): Promise<void> {
    while (this.#isHinted) {
      this.#isHinted = false;
      await this.#stillness();
      if (this.#stop.signal.aborted) return;
      try {
        await this.#look();
      } catch (error) {
        this.#onTrouble(error);
      }
    }
  }

  async #stillness(): Promise<void> {
    const { signal } = this.#stop;
    let before = this.#traces();
    for (let waits = 0; waits < MOST_WAITS && !signal.aborted; waits++) {
      await this.#wait(signal);
      const now = this.#traces();
      if (isDeepStrictEqual(before, now)) return;
      before = now;
    }
  }

  /** What is different after every write. */
  #traces() {
    return this.#files.map((file) => {
      const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
      return stats && [stats.ino, stats.size, stats.mtimeNs];
    });
  }
}
