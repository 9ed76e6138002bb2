import type { Random } from '../../src/world/random.ts';

/** Something that chance can lead to, and how likely that is. */
export interface PossibleOutcome<Outcome> {
  readonly outcome: Outcome;
  readonly probability: number;
}

/**
 * Everything that chance can make of something, by going every way once: expected values by the rules themselves, not
 * by luck.
 *
 * @param body must ask for the same chances when it gets the same answers
 */
export function everyOutcome<Outcome>(body: (random: Random) => Outcome): PossibleOutcome<Outcome>[] {
  const outcomes: PossibleOutcome<Outcome>[] = [];
  const ways: (readonly number[])[] = [[]];
  for (let way = ways.pop(); way; way = ways.pop()) {
    const taken: number[] = [];
    let probability = 1;
    const chosen = way;
    const choose = (probabilities: readonly number[]): number => {
      const choice = chosen[taken.length] ?? 0;
      if (taken.length >= chosen.length) {
        for (let other = 1; other < probabilities.length; other++) ways.push([...taken, other]);
      }
      taken.push(choice);
      probability *= probabilities[choice] ?? 0;
      return choice;
    };
    const outcome = body({
      chance: (likely) => {
        if (likely <= 0 || likely >= 1) return likely >= 1;
        return choose([likely, 1 - likely]) === 0;
      },
      integer: (minimum, maximum) => {
        const count = maximum - minimum + 1;
        return minimum + choose(Array.from({ length: count }, () => 1 / count));
      },
    });
    outcomes.push({ outcome, probability });
  }
  return outcomes;
}

/** What something amounts to on average. */
export function expectedValue<Outcome>(
  outcomes: readonly PossibleOutcome<Outcome>[],
  amount: (outcome: Outcome) => number,
): number {
  return outcomes.reduce((total, { outcome, probability }) => total + probability * amount(outcome), 0);
}
