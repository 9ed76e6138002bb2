import type { ActiveCraft, Craft } from './crafts.table.ts';

/** A craft in the queue, and when its turn comes if nothing is cancelled. */
export interface WaitingCraft {
  readonly craft: Craft;
  /** Its rank in the queue, from 1 on. */
  readonly rank: number;
  readonly startsAt: number;
  readonly completesAt: number;
}

/** What somebody has under way, and for how much there is room. */
export interface Workbench {
  readonly slots: number;
  readonly queueLength: number;
  /** The next to be ready first. */
  readonly active: readonly ActiveCraft[];
  /** The next to be started first. */
  readonly waiting: readonly WaitingCraft[];
}

/**
 * When each waiting craft will start and end: the first one in the first slot that gets free, and so on.
 *
 * @param active the next to be ready first; more than there are slots if there were more of them once
 * @param slots one at least
 * @param now milliseconds UTC; what should have started before starts now
 */
export function foresee(
  active: readonly ActiveCraft[],
  waiting: readonly Craft[],
  slots: number,
  now: number,
): WaitingCraft[] {
  const ends = active.map(({ completesAt }) => completesAt);
  return waiting.map((craft, index) => {
    let startsAt = now;
    while (ends.length >= slots) startsAt = Math.max(now, ends.shift() ?? now);
    const completesAt = startsAt + craft.duration;
    ends.push(completesAt);
    ends.sort((one, other) => one - other);
    return { craft, rank: index + 1, startsAt, completesAt };
  });
}
