import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toAmounts } from '../../src/game/content/catalog.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import { createGameBench, type GameBench, HOUR, MIRA, SECOND, TOBIN, WORKSHOP } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { refusalOf } from '../support/refusal.ts';
import { only } from '../support/world.ts';

const DAY = 24 * HOUR;
/** What the clock of a bench starts at: noon. */
const NEXT_MIDNIGHT = Date.UTC(2026, 10, 24);

function claim(bench: GameBench, holder = MIRA) {
  return bench.act((tx) => bench.game.daily.claim(tx, { ...holder, channelId: WORKSHOP, locale: 'en-US' }));
}

/** What a day of a streak brings. */
function giftOf(bench: GameBench, streak: number) {
  const { daily } = bench.game.catalog.current;
  const { items = {}, xp } = daily[(streak - 1) % daily.length] ?? {};
  return { items: toAmounts(items), xp };
}

describe('the gift of the day', () => {
  test('is handed over, says so in an event, and tells of tomorrow', () => {
    const bench = createGameBench();
    const cycle = bench.game.catalog.current.daily.length;
    const claimed = claim(bench);
    expect(claimed).toEqual({
      ...giftOf(bench, 1),
      streak: 1,
      dayOfCycle: 1,
      cycle,
      nextAt: NEXT_MIDNIGHT,
      tomorrow: giftOf(bench, 2),
    });
    expect(bench.published('dailyClaimed')).toMatchObject([
      { ...MIRA, data: { day: '2026-11-23', streak: 1, ...giftOf(bench, 1) } },
    ]);
    const starter = new Map(
      bench.game.catalog.current.starter.map(({ itemId, quantity }) => [itemId, quantity]),
    );
    const holdings = bench.game.inventory.list(bench.world.reader, MIRA);
    for (const { itemId, quantity } of claimed.items) {
      expect(holdings.get(itemId)).toBe((starter.get(itemId) ?? 0) + quantity);
    }
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('is there once a day, from midnight to midnight (UTC), for each player and server', () => {
    const bench = createGameBench();
    expect(bench.game.daily.isThere(bench.world.reader, MIRA, bench.clock.now())).toBe(true);
    claim(bench);
    bench.clock.advance(NEXT_MIDNIGHT - bench.clock.now() - 1);
    expect(bench.game.daily.isThere(bench.world.reader, MIRA, bench.clock.now())).toBe(false);
    const refusal = { code: 'dailyTaken', facts: { count: 1, nextAt: NEXT_MIDNIGHT } };
    for (let press = 0; press < 50; press++) expect(refusalOf(() => claim(bench))).toEqual(refusal);
    expect(only(bench.published('dailyClaimed'))).toBeDefined();
    claim(bench, TOBIN);
    claim(bench, { ...MIRA, guildId: '900000000000000002' });
    bench.clock.advance(1);
    expect(bench.game.daily.isThere(bench.world.reader, MIRA, bench.clock.now())).toBe(true);
    expect(claim(bench).streak).toBe(2);
  });

  test('is not there twice for a clock that was set back', () => {
    const bench = createGameBench();
    claim(bench);
    bench.clock.advance(-2 * DAY);
    expect(refusalOf(() => claim(bench)).facts).toEqual({ count: 1, nextAt: NEXT_MIDNIGHT });
  });
});

describe('a streak', () => {
  test('grows from day to day, begins anew after a day without, and remembers the longest', () => {
    const bench = createGameBench();
    const streaks = [DAY, DAY, 2 * DAY, DAY].map((wait) => {
      const { streak } = claim(bench);
      bench.clock.advance(wait);
      return streak;
    });
    expect([...streaks, claim(bench).streak]).toEqual([1, 2, 3, 1, 2]);
    expect(bench.game.daily.streak(bench.world.reader, MIRA)).toMatchObject({ streak: 2, longest: 3 });
  });

  test('brings the gifts in order and then begins with the first again', () => {
    const bench = createGameBench();
    const cycle = bench.game.catalog.current.daily.length;
    for (let day = 1; day <= 2 * cycle + 1; day++) {
      const claimed = claim(bench);
      expect(claimed).toMatchObject({
        ...giftOf(bench, day),
        streak: day,
        dayOfCycle: ((day - 1) % cycle) + 1,
      });
      expect(claimed.tomorrow).toEqual(giftOf(bench, day + 1));
      bench.clock.advance(DAY);
    }
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('is as long as the days in a row, whenever in the day they are taken', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 * 60 }), { minLength: 1, maxLength: 12 }),
        (minutes) => {
          const bench = createGameBench();
          let expected = 0;
          let lastDay = Number.NEGATIVE_INFINITY;
          for (const wait of minutes) {
            bench.clock.advance(wait * 60 * SECOND);
            const day = Math.floor(bench.clock.now() / DAY);
            if (day === lastDay) {
              expect(refusalOf(() => claim(bench)).facts).toMatchObject({ count: expected });
              continue;
            }
            expected = day === lastDay + 1 ? expected + 1 : 1;
            lastDay = day;
            expect(claim(bench).streak).toBe(expected);
          }
          bench.world.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});

test('its XP is granted once', async () => {
  const bench = await createPieceBench();
  const { xp } = claim(bench);
  expect(bench.published('xpGranted')).toMatchObject([{ ...MIRA, data: { amount: xp, reason: 'daily' } }]);
  refusalOf(() => claim(bench));
  expect(bench.game.progression.progress(bench.world.reader, MIRA).xp).toBe(xp);
  expect(verifyLedger(bench.world.reader)).toEqual([]);
});
