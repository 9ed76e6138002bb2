import type { LiveConfig } from '../config/live-config.ts';
import type { FileWatch } from './file-watch.ts';
import { followFiles } from './follow-files.ts';
import type { Logger } from './logger.ts';

/** Keeps the configuration as its file says, the level of the log among it. */
export function followConfig(config: LiveConfig, logger: Logger): FileWatch {
  const reload = () => {
    const reloaded = config.reload();
    logger.level = config.current.log.level;
    return reloaded;
  };
  return followFiles({ name: 'configuration', files: [config.file.path], reload }, logger);
}
