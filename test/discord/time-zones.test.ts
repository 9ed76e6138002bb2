import { describe, expect, test } from 'vitest';
import { matchingChoices } from '../../src/discord/choices.ts';
import { parseTimeZone, timeZoneChoices } from '../../src/discord/time-zones.ts';
import { refusalOf } from '../support/refusal.ts';

const NOON = Date.UTC(2026, 10, 23, 12);

const offered = (typed: string, first = 'UTC') =>
  matchingChoices(timeZoneChoices(first, NOON), typed).map(({ label }) => label);

describe('the time zones to pick from', () => {
  test('are all there are, that of now first, each with the time that it is there', () => {
    expect(offered('', 'Europe/Berlin').slice(0, 3)).toEqual([
      'Europe/Berlin · 13:00',
      'UTC · 12:00',
      'Africa/Abidjan · 12:00',
    ]);
    expect(offered('').length).toBe(new Set(offered('')).size);
    expect(offered('').length).toBeGreaterThan(400);
  });

  test.each([
    ['berlin', 'Europe/Berlin · 13:00'],
    ['new york', 'America/New_York · 07:00'],
    ['europe ber', 'Europe/Berlin · 13:00'],
    ['tokio', 'Asia/Tokyo · 21:00'],
    ['utc', 'UTC · 12:00'],
  ])('are found by what somebody types: %j', (typed, zone) => {
    expect(offered(typed)[0]).toBe(zone);
  });
});

describe('a time zone', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    [' Berlin ', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['utc', 'UTC'],
    // Names of other times that Intl doesn't list.
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['US/Eastern', 'US/Eastern'],
  ])('is known by its name, an older one or its city: %j', (text, zone) => {
    expect(parseTimeZone(text)).toBe(zone);
  });

  test.each(['', ' ', 'Middle/Earth', 'MESZ', 'UTC+2', '/'])('is refused where there is none: %j', (text) => {
    expect(refusalOf(() => parseTimeZone(text))).toEqual({ code: 'unknownTimeZone', facts: { asked: text } });
  });
});
