import type { Translate } from './translate.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How many units are said: "1 h 15 min", not "1 h 15 min 20 s". */
const UNITS_SAID = 2;

/**
 * A span of time in words, such as "1 h 15 min".
 *
 * @param milliseconds what is shorter than a second counts as one
 */
export function duration(t: Translate, milliseconds: number): string {
  const whole = Math.max(SECOND, Math.ceil(milliseconds / SECOND) * SECOND);
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const seconds = (whole % MINUTE) / SECOND;
  return [
    days > 0 ? t('durations:days', { count: days }) : '',
    hours > 0 ? t('durations:hours', { count: hours }) : '',
    minutes > 0 ? t('durations:minutes', { count: minutes }) : '',
    seconds > 0 ? t('durations:seconds', { count: seconds }) : '',
  ]
    .filter((part) => part !== '')
    .slice(0, UNITS_SAID)
    .join(' ');
}
