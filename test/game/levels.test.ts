import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelProgress, xpToNextLevel } from '../../src/game/progression/levels.ts';

test('a level takes 100 · level^1.5 XP', () => {
  expect([1, 2, 3, 4, 100].map(xpToNextLevel)).toEqual([100, 283, 520, 800, 100_000]);
});

test.each([
  [0, { level: 1, intoLevel: 0, toNextLevel: 100 }],
  [99, { level: 1, intoLevel: 99, toNextLevel: 100 }],
  [100, { level: 2, intoLevel: 0, toNextLevel: 283 }],
  [382, { level: 2, intoLevel: 282, toNextLevel: 283 }],
  [383, { level: 3, intoLevel: 0, toNextLevel: 520 }],
])('with %d XP somebody is there', (xp, progress) => {
  expect(levelProgress(xp)).toEqual(progress);
});

test('no XP is lost on the way up, and more XP is never a lower level', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50_000_000 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      (xp, more) => {
        const { level, intoLevel, toNextLevel } = levelProgress(xp);
        let spent = 0;
        for (let below = 1; below < level; below++) spent += xpToNextLevel(below);
        expect(spent + intoLevel).toBe(xp);
        expect(intoLevel).toBeLessThan(toNextLevel);
        expect(levelProgress(xp + more).level).toBeGreaterThanOrEqual(level);
      },
    ),
  );
});
