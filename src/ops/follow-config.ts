import type { LiveConfig } from '../config/live-config.ts';
import { FollowedFiles } from './followed-files.ts';
import type { Logger } from './logger.ts';

/** Keeps the configuration as its file says, the level of the log among it. */
export function followConfig(config: LiveConfig, logger: Logger): FollowedFiles {
  const isMoreTalkative = (level: string) => (logger.levels.values[level] ?? 0) < logger.levelVal;
  const reload = () => {
    const reloaded = config.reload();
    const { level } = config.current.log;
    if (isMoreTalkative(level)) logger.level = level;
    return reloaded;
  };
  // Only now, so that a change that silences the log is told in it.
  const told = () => {
    logger.level = config.current.log.level;
  };
  return new FollowedFiles({ name: 'configuration', files: [config.file.path], reload, told }, logger);
}
