import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { watch } from 'chokidar';

/** So long the files must have been still, in milliseconds: somebody may be in the middle of writing them. */
const STILL_FOR = 50;

/** So often is waited for that at the most: a file that is written without end is looked at as it is. */
const MOST_WAITS = 20;

/**
 * So often it is looked, in milliseconds, whether the files are other ones without a hint: the system gives none for
 * network drives, nor where a symbolic link on the way to a file was changed, as Kubernetes does.
 */
const WITHOUT_HINT_EVERY = 5_000;

export interface FileWatchOptions {
  /** Waits so long as files must have been still; aborted, it ends at once. */
  readonly wait?: (signal: AbortSignal) => Promise<unknown>;
  /** How often it is looked without a hint, in milliseconds. */
  readonly withoutHintEvery?: number;
}

/**
 * Looks at files when they have changed. What the system tells of a change is only a hint to look: a burst of them is
 * one look, and what came while it looked is looked at afterwards. The files may be written, replaced, removed and put
 * back; they, and their folder, need not be there yet.
 */
export class FileWatch {
  readonly #files: readonly string[];
  readonly #look: () => unknown;
  readonly #onTrouble: (error: unknown) => void;
  readonly #wait: NonNullable<FileWatchOptions['wait']>;
  readonly #watcher;
  readonly #timer: NodeJS.Timeout;
  readonly #stop = new AbortController();
  #isHinted = false;
  #work: Promise<void> | undefined;
  /** What the files were like at the last look. */
  #seen: unknown;

  /**
   * Begins to watch, and looks once when it does: something may have changed since they were read.
   *
   * @param look reads the files; it is never called twice at once
   * @param onTrouble is told when the system cannot watch, and what `look` threw
   */
  constructor(
    files: readonly string[],
    look: () => unknown,
    onTrouble: (error: unknown) => void,
    { wait = waitForStillness, withoutHintEvery = WITHOUT_HINT_EVERY }: FileWatchOptions = {},
  ) {
    this.#files = files;
    this.#look = look;
    this.#onTrouble = onTrouble;
    this.#wait = wait;
    this.#watcher = watch([...files], { ignoreInitial: true });
    for (const hint of ['all', 'ready'] as const) this.#watcher.on(hint, () => this.#hint());
    this.#watcher.on('error', onTrouble);
    this.#timer = setInterval(() => {
      if (!isDeepStrictEqual(this.#traces(), this.#seen)) this.#hint();
    }, withoutHintEvery).unref();
  }

  /** Stops watching, after the look that is under way. */
  async close(): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#timer);
    await this.#watcher.close();
    await this.#work;
  }

  #hint(): void {
    this.#isHinted = true;
    this.#work ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#isHinted) {
      this.#isHinted = false;
      await this.#stillness();
      if (this.#stop.signal.aborted) return;
      this.#seen = this.#traces();
      try {
        await this.#look();
      } catch (error) {
        this.#onTrouble(error);
      }
    }
    // In the same step in which there was no hint: one that comes from now on begins anew.
    this.#work = undefined;
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

  #traces() {
    return this.#files.map(traceOf);
  }
}

function waitForStillness(signal: AbortSignal): Promise<unknown> {
  return delay(STILL_FOR, undefined, { signal }).catch(() => undefined);
}

/** What is different after every write. */
function traceOf(file: string) {
  try {
    const { ino, size, mtimeNs } = statSync(file, { bigint: true });
    return { ino, size, mtimeNs };
  } catch {
    // It isn't there, or whoever looks at it will say what is wrong with it.
    return undefined;
  }
}
