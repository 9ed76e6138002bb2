import { Duration } from '@sapphire/duration';
import { UsageError } from './command.ts';

/**
 * A span of time such as `24h`, in milliseconds.
 *
 * @throws UsageError when it is none
 */
export function spanOf(text: string): number {
  const span = /^\d+(\.\d+)? ?[a-z]+$/.test(text) ? new Duration(text).offset : Number.NaN;
  if (Number.isFinite(span) && span > 0) return span;
  throw new UsageError(`"${text}" is no span of time such as 24h, 90m or 7d.`);
}

/**
 * The id of a server.
 *
 * @throws UsageError when it is none
 */
export function serverOf(text: string | undefined): string | undefined {
  if (text === undefined || /^\d{15,21}$/.test(text)) return text;
  throw new UsageError(`"${text}" is no id of a server, which is a number of about 18 digits.`);
}

/**
 * Which page of a list; the first is 1.
 *
 * @throws UsageError when it is none
 */
export function pageOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no page; the first one is 1.`);
}
