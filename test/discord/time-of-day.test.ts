import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimeOfDay, parseTimeOfDay } from '../../src/discord/time-of-day.ts';
import { refusalOf } from '../support/refusal.ts';

describe('a time of the day', () => {
  test.each([
    ['22:00', 1320],
    ['22.30', 1350],
    ['22', 1320],
    ['7', 420],
    ['7:05', 425],
    ['07:05', 425],
    [' 7:05 ', 425],
    ['0', 0],
    ['00:00', 0],
    ['24:00', 0],
    ['24', 0],
    ['23:59', 1439],
  ])('is read as people write it: %j', (text, minutes) => {
    expect(parseTimeOfDay(text)).toBe(minutes);
  });

  test.each([
    '',
    ' ',
    '25',
    '24:01',
    '22:60',
    '22:5',
    '222',
    '-1',
    '22:00:00',
    'ten',
    '7pm',
    '1e1',
    '22:00 Uhr',
  ])('is refused where it is none, and never guessed: %j', (text) => {
    expect(refusalOf(() => parseTimeOfDay(text))).toEqual({ code: 'unreadableTime', facts: { asked: text } });
  });

  test('is the same after it was written and read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
        expect(parseTimeOfDay(formatTimeOfDay(minute))).toBe(minute);
        expect(formatTimeOfDay(minute)).toMatch(/^\d\d:\d\d$/);
      }),
    );
  });
});
