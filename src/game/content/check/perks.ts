import type { Content } from '../schema.ts';
import type { Mistake } from '../source.ts';

/** Perks that become less at a higher level. */
export function perksThatShrink({ perks }: Content): Mistake[] {
  return Object.entries(perks).flatMap(([perk, steps]) => {
    const rising = Object.entries(steps).sort(([one], [other]) => Number(one) - Number(other));
    return rising.flatMap(([level, value], index) => {
      const [levelBefore, valueBefore] = rising[index - 1] ?? [];
      if (valueBefore === undefined || value >= valueBefore) return [];
      return {
        path: ['perks', perk, level],
        message: `The perk "${perk}" shrinks from ${valueBefore} to ${value} when level ${levelBefore} becomes level ${level}: write ${valueBefore} or more.`,
      };
    });
  });
}
