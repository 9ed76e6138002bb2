import type { Reload } from '../config/reload.ts';
import { FileWatch } from './file-watch.ts';
import type { Logger } from './logger.ts';

/** Something that was read from files and can be read again. */
export interface Followed {
  /** What it is called in the log and in the metrics. */
  readonly name: string;
  readonly files: readonly string[];
  /** Takes what the files say now as a whole, or refuses it as a whole. */
  reload(): Reload | Promise<Reload>;
  /** Called when the log was told what became of it. */
  told?(): void;
}

/** Keeps something as its files say while the bot runs, and tells in the log what became of each change. */
export class FollowedFiles {
  readonly name: string;
  readonly #logger: Logger;
  readonly #watch: FileWatch;
  #isRefused = false;

  constructor({ name, files, reload, told }: Followed, logger: Logger) {
    this.name = name;
    this.#logger = logger;
    const look = async () => {
      this.#tell(await reload());
      told?.();
    };
    this.#watch = new FileWatch(files, look, (error) =>
      logger.error({ err: error }, `A change of the ${name} may not have been seen; the next start sees it.`),
    );
  }

  /** Whether the files cannot be used as they are now: what is in force is older, and the next start would fail. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Follows them no more. */
  close(): Promise<void> {
    return this.#watch.close();
  }

  #tell(reload: Reload): void {
    if (reload.kind === 'same') return;
    this.#isRefused = reload.kind === 'refused';
    if (reload.kind === 'refused') {
      const { reason } = reload;
      this.#logger.error(
        { problems: reason.split('\n') },
        `The ${this.name} cannot be used as it is now; what was in force stays.\n${reason}`,
      );
      return;
    }
    const { changes } = reload;
    const what = changes.length === 0 ? 'nothing is different' : changes.join('; ');
    this.#logger.info({ changes }, `The ${this.name} was read again: ${what}.`);
  }
}
