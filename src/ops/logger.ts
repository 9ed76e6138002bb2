import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/**
 * The bot's log: one JSON object a line on standard output.
 *
 * @param secrets texts that never appear in it, whatever is logged
 */
export function createLogger(level: string, secrets: readonly string[] = []): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        streamWrite: (line) => secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line),
      },
    },
    // Synchronous: the last line before a crash is the one that is needed.
    pino.destination({ sync: true }),
  );
}
