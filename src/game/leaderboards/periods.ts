import { DAY, dayOf } from '../days.ts';

/** Over what the leaderboards compare: a week (from Monday, UTC), a month (UTC), or all time. */
export const PERIODS = ['week', 'month', 'all'] as const;

export type Period = (typeof PERIODS)[number];

/**
 * The period of a kind in which a moment lies, as its scores are called: `week:2026-11-23` after its Monday,
 * `month:2026-11`, `all`.
 *
 * @param moment in milliseconds UTC
 */
export function periodAt(kind: Period, moment: number): string {
  if (kind === 'all') return 'all';
  if (kind === 'month') return `month:${new Date(moment).toISOString().slice(0, 7)}`;
  return `week:${dayOf(mondayBefore(moment))}`;
}

/** When the period of a kind in which a moment lies is over; undefined for all time. */
export function endOfPeriod(kind: Period, moment: number): number | undefined {
  if (kind === 'all') return undefined;
  if (kind === 'week') return mondayBefore(moment) + 7 * DAY;
  const date = new Date(moment);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** The start of the Monday on or before a moment. */
function mondayBefore(moment: number): number {
  const midnight = moment - (moment % DAY);
  const daysSinceMonday = (new Date(moment).getUTCDay() + 6) % 7;
  return midnight - daysSinceMonday * DAY;
}
