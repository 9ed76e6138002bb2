import { type ILogger, LogLevel } from '@sapphire/framework';
import type { Logger } from '../ops/logger.ts';

const PINO_LEVELS: Readonly<
  Record<Exclude<LogLevel, LogLevel.None>, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'>
> = {
  [LogLevel.Trace]: 'trace',
  [LogLevel.Debug]: 'debug',
  [LogLevel.Info]: 'info',
  [LogLevel.Warn]: 'warn',
  [LogLevel.Error]: 'error',
  [LogLevel.Fatal]: 'fatal',
};

/** Gives what Sapphire and the pieces log to the bot's own log. */
export class SapphireLogger implements ILogger {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  has(level: LogLevel): boolean {
    return level !== LogLevel.None && this.#logger.isLevelEnabled(PINO_LEVELS[level]);
  }

  write(level: LogLevel, ...values: readonly unknown[]): void {
    if (level === LogLevel.None) return;
    const error = values.find((value) => value instanceof Error);
    const text = values.map((value) => (value instanceof Error ? value.message : String(value))).join(' ');
    this.#logger[PINO_LEVELS[level]]({ err: error }, text);
  }

  trace(...values: readonly unknown[]): void {
    this.write(LogLevel.Trace, ...values);
  }

  debug(...values: readonly unknown[]): void {
    this.write(LogLevel.Debug, ...values);
  }

  info(...values: readonly unknown[]): void {
    this.write(LogLevel.Info, ...values);
  }

  warn(...values: readonly unknown[]): void {
    this.write(LogLevel.Warn, ...values);
  }

  error(...values: readonly unknown[]): void {
    this.write(LogLevel.Error, ...values);
  }

  fatal(...values: readonly unknown[]): void {
    this.write(LogLevel.Fatal, ...values);
  }
}
