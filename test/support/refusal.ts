import { Refusal } from '../../src/game/refusal.ts';

/** How an action of the game is refused. */
export function refusalOf(action: () => unknown): Pick<Refusal, 'code' | 'facts'> {
  try {
    action();
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, facts: error.facts };
    throw error;
  }
  throw new Error('It was not refused.');
}
