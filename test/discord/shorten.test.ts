import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitLines, shorten } from '../../src/discord/shorten.ts';

test('a text is cut to as many characters as Discord counts, never through one', () => {
  expect(shorten('🗡️ Iron Sword', 100)).toBe('🗡️ Iron Sword');
  expect(shorten('🔥🔥🔥', 2)).toBe('🔥…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, longest) => {
      const short = shorten(text, longest);
      expect([...short].length).toBeLessThanOrEqual(longest);
      expect(short.isWellFormed()).toBe(true);
    }),
  );
});

test('a list of 500 kinds of items fits, and says how many more there are', () => {
  const lines = Array.from(
    { length: 500 },
    (_, index) => `${index + 1} × 🪵 The Longest Name That Anybody Gave An Item`,
  );
  const text = fitLines(lines, 4_000, (left) => `… and ${left} more`);
  expect([...text].length).toBeLessThanOrEqual(4_000);
  const shown = text.split('\n').length - 1;
  expect(text).toMatch(new RegExp(`\n… and ${500 - shown} more$`));
  expect(fitLines(lines.slice(0, 3), 4_000, String)).toBe(lines.slice(0, 3).join('\n'));
});
