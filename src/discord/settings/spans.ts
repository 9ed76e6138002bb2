import { DateTime } from 'luxon';
import type { Moment } from './setting-form.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long something can count that counts for a while, in milliseconds; or up to when. */
const LENGTHS = {
  hour: HOUR,
  sixHours: 6 * HOUR,
  day: DAY,
  twoDays: 2 * DAY,
  threeDays: 3 * DAY,
  week: 7 * DAY,
  twoWeeks: 14 * DAY,
  fourWeeks: 28 * DAY,
  sunday: 'sunday',
} as const;

export type Span = keyof typeof LENGTHS;

/** Every span, the shortest first. */
export const SPANS = Object.keys(LENGTHS) as readonly Span[];

export function isSpan(text: string): text is Span {
  return Object.hasOwn(LENGTHS, text);
}

/**
 * When a span that begins now is over, in milliseconds UTC: after so long, or when the week is over by the clock of the
 * server.
 */
export function endOf(span: Span, { now, timeZone }: Moment): number {
  const length = LENGTHS[span];
  if (length !== 'sunday') return now + length;
  return DateTime.fromMillis(now, { zone: timeZone }).startOf('week').plus({ weeks: 1 }).toMillis();
}
