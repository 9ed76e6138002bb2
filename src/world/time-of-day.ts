/** How long a day is, in milliseconds. */
export const DAY = 24 * 60 * 60_000;

/**
 * When it is next so late, after a moment.
 *
 * @param timeOfDay in milliseconds after midnight UTC
 * @param now in milliseconds UTC
 */
export function nextTimeOfDay(timeOfDay: number, now: number): number {
  return Math.floor((now - timeOfDay) / DAY + 1) * DAY + timeOfDay;
}
