import type { Log } from './log.ts';

/** What a wait gives up with: says what was waited for. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
}

/** How long a wait goes on, in milliseconds of real time (`Infinity`: for ever), and what it waits for, in words. */
export interface WaitOptions {
  readonly within?: number;
  readonly what?: string;
}

const GIVE_UP_AFTER = 10_000;

/**
 * Waits until `find` returns something other than `undefined`, `null` or `false`; asks at once and after everything
 * that happens.
 *
 * @throws WaitError when it did not happen within the given time, or what `find` throws
 */
export function waitFor<Found>(
  log: Log,
  find: () => Found | undefined | null | false,
  { within = GIVE_UP_AFTER, what = 'what was waited for' }: WaitOptions = {},
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      unsubscribe();
      settle();
    };
    const look = () => {
      try {
        const found = find();
        if (found !== undefined && found !== null && found !== false) end(() => resolve(found));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const giveUp = () => end(() => reject(new WaitError(`${what} did not happen within ${within} ms`)));
    const timer = within === Number.POSITIVE_INFINITY ? undefined : setTimeout(giveUp, within);
    const unsubscribe = log.subscribe(look);
    look();
  });
}
