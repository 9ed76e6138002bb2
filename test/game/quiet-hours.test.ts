import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { endOfQuiet, type QuietHours, quietHoursSchema } from '../../src/game/quiet-hours.ts';

/** What a clock on the wall shows, in minutes after midnight. */
function at(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function hours(from: string, until: string, timeZone = 'UTC'): QuietHours {
  return { from: at(from), until: at(until), timeZone };
}

/** When quiet ends for something that happens at a moment, both as ISO 8601 writes them. */
function end(quiet: QuietHours, moment: string): string {
  const ends = endOfQuiet(quiet, Date.parse(moment));
  return new Date(ends).toISOString().replace('.000Z', 'Z');
}

describe('quiet hours', () => {
  test.each([
    ['2026-03-10T11:59:59Z', '2026-03-10T11:59:59Z'],
    ['2026-03-10T12:00:00Z', '2026-03-10T14:30:00Z'],
    ['2026-03-10T14:29:59Z', '2026-03-10T14:30:00Z'],
    ['2026-03-10T14:30:00Z', '2026-03-10T14:30:00Z'],
  ])('within a day: at %s they end %s', (moment, ends) => {
    expect(end(hours('12:00', '14:30'), moment)).toBe(ends);
  });

  test.each([
    ['2026-03-10T21:59:59Z', '2026-03-10T21:59:59Z'],
    ['2026-03-10T22:00:00Z', '2026-03-11T07:00:00Z'],
    ['2026-03-10T23:59:59Z', '2026-03-11T07:00:00Z'],
    ['2026-03-11T00:00:00Z', '2026-03-11T07:00:00Z'],
    ['2026-03-11T06:59:59Z', '2026-03-11T07:00:00Z'],
    ['2026-03-11T07:00:00Z', '2026-03-11T07:00:00Z'],
  ])('over midnight: at %s they end %s', (moment, ends) => {
    expect(end(hours('22:00', '7:00'), moment)).toBe(ends);
  });

  test.each([
    ['until midnight', hours('20:00', '0:00'), '2026-03-10T20:00:00Z', '2026-03-11T00:00:00Z'],
    ['from midnight', hours('0:00', '6:00'), '2026-03-11T00:00:00Z', '2026-03-11T06:00:00Z'],
    ['all but a minute', hours('7:01', '7:00'), '2026-03-10T07:01:00Z', '2026-03-11T07:00:00Z'],
    [
      'of another clock',
      hours('22:00', '7:00', 'Asia/Kathmandu'),
      '2026-03-10T20:00:00Z',
      '2026-03-11T01:15:00Z',
    ],
  ])('%s', (_what, quiet, moment, ends) => {
    expect(end(quiet, moment)).toBe(ends);
  });

  // In Berlin the clocks go from 2:00 to 3:00 on 29 March 2026, and from 3:00 to 2:00 on 25 October; in New York from
  // 2:00 to 3:00 on 8 March, and from 2:00 to 1:00 on 1 November.
  test.each([
    ['Europe/Berlin, forward', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T05:00:00Z'],
    ['Europe/Berlin, back', 'Europe/Berlin', '2026-10-24T23:00:00Z', '2026-10-25T06:00:00Z'],
    ['America/New_York, forward', 'America/New_York', '2026-03-08T05:00:00Z', '2026-03-08T11:00:00Z'],
    ['America/New_York, back', 'America/New_York', '2026-11-01T03:00:00Z', '2026-11-01T12:00:00Z'],
  ])(
    'end when the clock on the wall says so on a day on which it changes: %s',
    (_what, zone, moment, ends) => {
      expect(end(hours('22:00', '7:00', zone), moment)).toBe(ends);
    },
  );

  test.each([
    ['Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z'],
    ['America/New_York', '2026-03-08T06:30:00Z', '2026-03-08T07:00:00Z'],
  ])('that end at a time which is skipped end when it is: %s', (zone, moment, ends) => {
    expect(end(hours('22:00', '2:30', zone), moment)).toBe(ends);
  });

  test.each([
    ['Europe/Berlin', '2026-10-24T23:30:00Z', '2026-10-25T00:30:00Z'],
    ['America/New_York', '2026-11-01T04:30:00Z', '2026-11-01T05:30:00Z'],
  ])('that end at a time which comes twice end at the first: %s', (zone, moment, ends) => {
    const quiet = hours('22:00', zone === 'Europe/Berlin' ? '2:30' : '1:30', zone);
    expect(end(quiet, moment)).toBe(ends);
  });

  test('that leave only an hour which is skipped last a day longer', () => {
    expect(end(hours('3:00', '2:00', 'Europe/Berlin'), '2026-03-28T12:00:00Z')).toBe('2026-03-30T00:00:00Z');
  });
});

/** Clocks change between one and three. */
const minute = fc.oneof(fc.integer({ min: 0, max: 24 * 60 - 1 }), fc.integer({ min: 0, max: 4 * 60 }));

const someHours = fc
  .record({
    from: minute,
    until: minute,
    timeZone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Kathmandu',
      'Pacific/Apia',
    ),
  })
  .filter(({ from, until }) => from !== until);

const someMoment = fc.oneof(
  fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2036, 0) }),
  // Around the nights on which clocks change.
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2026, 2, 29, 1),
        Date.UTC(2026, 9, 25, 1),
        Date.UTC(2026, 2, 8, 7),
        Date.UTC(2026, 10, 1, 6),
        Date.UTC(2026, 3, 4, 15),
        Date.UTC(2026, 3, 23, 22),
      ),
      fc.integer({ min: -48 * 60, max: 48 * 60 }),
    )
    .map(([night, minutes]) => night + minutes * 60_000),
);

/** Whether a clock on the wall is within the quiet hours: what the words say, without any reckoning of ends. */
function isQuiet({ from, until, timeZone }: QuietHours, moment: number): boolean {
  const { hour, minute: past } = DateTime.fromMillis(moment, { zone: timeZone });
  const now = hour * 60 + past;
  return from < until ? from <= now && now < until : now >= from || now < until;
}

describe('whenever something happens, and wherever', () => {
  test('quiet hours end no earlier, and it is not quiet when they have ended', () => {
    fc.assert(
      fc.property(someHours, someMoment, (quiet, moment) => {
        const ends = endOfQuiet(quiet, moment);
        expect(ends).toBeGreaterThanOrEqual(moment);
        expect(isQuiet(quiet, ends)).toBe(false);
        if (!isQuiet(quiet, moment)) expect(ends).toBe(moment);
      }),
      { numRuns: 2_000 },
    );
  });

  test('it is quiet until then without a break', () => {
    fc.assert(
      fc.property(someHours, someMoment, (quiet, moment) => {
        const ends = endOfQuiet(quiet, moment);
        for (let between = moment; between < ends; between += 5 * 60_000) {
          expect(isQuiet(quiet, between)).toBe(true);
        }
        expect(ends === moment || isQuiet(quiet, ends - 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is set as quiet hours', () => {
  test.each([
    [{ from: 0, until: 1439, timeZone: 'Europe/Berlin' }, true],
    [{ from: 1320, until: 420, timeZone: 'UTC' }, true],
    [{ from: 420, until: 420, timeZone: 'UTC' }, false],
    [{ from: -1, until: 420, timeZone: 'UTC' }, false],
    [{ from: 420, until: 1440, timeZone: 'UTC' }, false],
    [{ from: 420.5, until: 1000, timeZone: 'UTC' }, false],
    [{ from: 1320, until: 420, timeZone: 'Middle/Earth' }, false],
    [{ from: 1320, until: 420 }, false],
  ])('%j is possible: %s', (value, isPossible) => {
    expect(quietHoursSchema.safeParse(value).success).toBe(isPossible);
  });
});
