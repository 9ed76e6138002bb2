import { DAY } from '../world/time-of-day.ts';

export { DAY };

/** The day (UTC) of a moment in milliseconds, such as 2026-11-23. Days compare as text. */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** When a day is over, in milliseconds UTC. */
export function endOfDay(day: string): number {
  return Date.parse(day) + DAY;
}
