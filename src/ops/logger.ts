import { format } from 'node:util';
import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** The token in an address of an interaction or its answers, with which anybody could answer for 15 minutes. */
const INTERACTION_TOKEN = /(\/(?:interactions|webhooks)\/\d+\/)[\w-]{20,}/g;

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
      serializers: { err: withoutRequests },
      hooks: {
        streamWrite: (line) =>
          secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), maskTokens(line)),
      },
    },
    // Synchronous: the last line before a crash is the one that is needed.
    pino.destination({ sync: true }),
  );
}

/** What was asked of Discord names people, and what they said: why it failed is told by the rest of the error. */
function withoutRequests(error: Error): unknown {
  return JSON.parse(
    JSON.stringify(pino.stdSerializers.err(error), (key, value: unknown) =>
      key === 'requestBody' ? undefined : value,
    ),
  );
}

function maskTokens(line: string): string {
  return line.replaceAll(INTERACTION_TOKEN, '$1[secret]');
}

/** Sends to the log what libraries write to the console, so that all that the bot says has one form and one place. */
export function captureConsole(logger: Logger): void {
  for (const method of ['log', 'info', 'warn', 'error', 'trace', 'debug'] as const) {
    const level = method === 'warn' || method === 'error' ? 'warn' : 'debug';
    console[method] = (...values: unknown[]) => logger[level]({ console: method }, format(...values));
  }
}
