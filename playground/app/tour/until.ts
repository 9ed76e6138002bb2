import { onChange } from '../state.ts';

/** How long something may take to be seen: far longer than it should, for slow machines. */
const PATIENCE_MS = 90_000;

/** How often is looked while nothing changes: components draw themselves a moment later. */
const LOOK_MS = 50;

/**
 * Waits until something is there.
 *
 * @param what for the words when it never comes
 * @param find returns it, or nothing
 */
export function until<Found>(what: string, find: () => Found | undefined | null | false): Promise<Found> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = find();
      if (!found) return;
      stop();
      resolve(found);
    };
    const stopListening = onChange(look);
    const looking = setInterval(look, LOOK_MS);
    const patience = setTimeout(() => {
      stop();
      reject(new Error(`${what} was waited for, and did not come`));
    }, PATIENCE_MS);
    const stop = () => {
      stopListening();
      clearInterval(looking);
      clearTimeout(patience);
    };
    look();
  });
}
