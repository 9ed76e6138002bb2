import type { Reload } from '../config/reload.ts';
import { FileWatch } from './file-watch.ts';
import type { Logger } from './logger.ts';

/** Something that was read from files and can be read again. */
export interface Followed {
  /** What it is called in the log. */
  readonly name: string;
  readonly files: readonly string[];
  /** Takes what the files say now as a whole, or refuses it as a whole. */
  reload(): Reload | Promise<Reload>;
}

/** Keeps something as its files say while the bot runs, and tells in the log what became of each change. */
export function followFiles({ name, files, reload }: Followed, logger: Logger): FileWatch {
  const look = async () => tell(name, await reload(), logger);
  return new FileWatch(files, look, (error) =>
    logger.error({ err: error }, `A change of the ${name} may not have been seen; the next start sees it.`),
  );
}

function tell(name: string, reload: Reload, logger: Logger): void {
  if (reload.kind === 'refused') {
    const problems = reload.reason.split('\n');
    logger.error(
      { problems },
      `The ${name} cannot be used as it is now; what was in force stays.\n${reload.reason}`,
    );
  }
  if (reload.kind === 'taken') {
    const { changes } = reload;
    const what = changes.length === 0 ? 'nothing is different' : changes.join('; ');
    logger.info({ changes }, `The ${name} was read again: ${what}.`);
  }
}
