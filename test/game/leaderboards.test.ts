import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { achievementUnlocked } from '../../src/events/achievementUnlocked.ts';
import { itemCrafted } from '../../src/events/itemCrafted.ts';
import { itemsGathered } from '../../src/events/itemsGathered.ts';
import { xpGranted } from '../../src/events/xpGranted.ts';
import { BOARD_NAMES, type Board } from '../../src/game/leaderboards/boards.ts';
import { LINES_PER_PAGE, linesQuery } from '../../src/game/leaderboards/leaderboards.ts';
import { endOfPeriod, PERIODS, type Period, periodAt } from '../../src/game/leaderboards/periods.ts';
import { scores } from '../../src/game/leaderboards/scores.table.ts';
import { EVENTS_PER_BATCH } from '../../src/game/measures/measures.ts';
import { leaderboardListing } from '../../src/game/preferences/definitions.ts';
import type { Holder } from '../../src/world/ledger.ts';
import type { Tx } from '../../src/world/transaction.ts';
import {
  createGameBench,
  type GameBench,
  HOUR,
  MIRA,
  SECOND,
  TOBIN,
  temporaryFolder,
  WORKSHOP,
} from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { createWorldBench } from '../support/world.ts';

const MONDAY = Date.UTC(2026, 10, 23);

function gain(bench: GameBench, amount: number, holder: Holder = MIRA, occurredAt = bench.clock.now()): void {
  bench.act((tx) => tx.publish(xpGranted, { ...holder, occurredAt, data: { amount, reason: 'crafting' } }));
}

/** Counts everything. @returns in how many steps */
function refresh(bench: GameBench): number {
  let steps = 0;
  for (; bench.game.leaderboards.isBehind(bench.world.reader); steps++)
    bench.act((tx) => bench.game.leaderboards.refresh(tx));
  return steps;
}

function rebuild(bench: GameBench): void {
  bench.act((tx) => bench.game.leaderboards.startOver(tx));
  refresh(bench);
}

const board = (bench: GameBench, period: Period = 'week', name: Board = 'xp', page = 0) =>
  bench.game.leaderboards.page(
    bench.world.reader,
    { guildId: MIRA.guildId, board: name, period },
    page,
    bench.clock.now(),
  );

const standing = (bench: GameBench, holder: Holder = MIRA, period: Period = 'week') =>
  bench.game.leaderboards.standing(bench.world.reader, { ...holder, board: 'xp', period }, bench.clock.now());

/** Who is listed, the best first. */
const listed = (bench: GameBench, period: Period = 'week', name: Board = 'xp') =>
  board(bench, period, name).lines.map(({ userId, value }) => [userId, value]);

function rows(bench: GameBench) {
  const { guildId, board: name, period, userId } = scores;
  return bench.world.reader.select().from(scores).orderBy(guildId, name, period, userId).all();
}

describe('a leaderboard', () => {
  test('ranks by how much there is, in each server apart', () => {
    const bench = createGameBench();
    gain(bench, 10);
    gain(bench, 30, TOBIN);
    gain(bench, 15);
    gain(bench, 99, { ...MIRA, guildId: 'elsewhere' });
    refresh(bench);
    expect(board(bench)).toMatchObject({
      number: 0,
      count: 1,
      players: 2,
      lines: [
        { rank: 1, userId: TOBIN.userId, value: 30 },
        { rank: 2, userId: MIRA.userId, value: 25 },
      ],
    });
  });

  test('adds up what it is called after', () => {
    const bench = createGameBench();
    bench.act((tx) => {
      const common = {
        rarity: 'common',
        itemId: 'campfire',
        recipeId: 'campfire',
        channelId: WORKSHOP,
      } as const;
      tx.publish(itemCrafted, {
        ...MIRA,
        data: { ...common, craftId: 'a', crafted: 3, masterworks: 1, quantity: 4, xp: 30 },
      });
      tx.publish(itemsGathered, {
        ...MIRA,
        data: {
          tripId: 'a',
          placeId: 'x',
          items: [{ itemId: 'herb', quantity: 7 }],
          total: 7,
          xp: 5,
          channelId: WORKSHOP,
        },
      });
      tx.publish(achievementUnlocked, { ...MIRA, data: { achievementId: 'x', retroactive: true } });
    });
    refresh(bench);
    const values = BOARD_NAMES.map((name) => [name, board(bench, 'all', name).lines[0]?.value]);
    expect(values).toEqual([
      ['xp', undefined],
      ['crafts', 3],
      ['gathered', 7],
      ['achievements', 1],
    ]);
  });

  test('counts what was earned by what happened long before for all time only', () => {
    const bench = createGameBench();
    bench.act((tx) => {
      for (const retroactive of [true, false])
        tx.publish(achievementUnlocked, { ...MIRA, data: { achievementId: `${retroactive}`, retroactive } });
    });
    refresh(bench);
    const values = PERIODS.map((period) => board(bench, period, 'achievements').lines[0]?.value);
    expect(values).toEqual([1, 1, 2]);
  });

  test('puts who was there first ahead of who has as much, and the lower id where that is the same', () => {
    const bench = createGameBench();
    const [first, second, third] = ['3', '2', '1'].map((userId) => ({ ...MIRA, userId }));
    for (const holder of [first, second]) gain(bench, 10, holder, MONDAY + HOUR);
    gain(bench, 10, third, MONDAY);
    refresh(bench);
    expect(listed(bench).map(([userId]) => userId)).toEqual(['1', '2', '3']);
    // They reach twenty in another order.
    gain(bench, 10, first, MONDAY + 2 * HOUR);
    gain(bench, 10, third, MONDAY + 3 * HOUR);
    gain(bench, 10, second, MONDAY + 4 * HOUR);
    refresh(bench);
    expect(listed(bench).map(([userId]) => userId)).toEqual(['3', '1', '2']);
    expect(['3', '1', '2'].map((userId) => standing(bench, { ...MIRA, userId })?.rank)).toEqual([1, 2, 3]);
  });

  test('begins anew on Monday and on the first, in UTC, by when things happened', () => {
    const bench = createGameBench();
    gain(bench, 1, MIRA, MONDAY - 1);
    gain(bench, 20, MIRA, MONDAY);
    gain(bench, 300, MIRA, Date.UTC(2026, 10, 1) - 1);
    gain(bench, 4_000, MIRA, Date.UTC(2026, 10, 1));
    refresh(bench);
    expect(PERIODS.map((period) => listed(bench, period)[0]?.[1])).toEqual([20, 4_021, 4_321]);
    bench.clock.advance(7 * 24 * HOUR);
    expect(PERIODS.map((period) => listed(bench, period)[0]?.[1])).toEqual([undefined, 4_021, 4_321]);
  });

  test('has pages, and the last one in place of one that is not there', () => {
    const bench = createGameBench();
    const people = LINES_PER_PAGE * 2 + 3;
    for (let person = 0; person < people; person++)
      gain(bench, people - person, { ...MIRA, userId: `${100 + person}` });
    refresh(bench);
    expect(board(bench, 'week', 'xp', 1).lines.map(({ rank }) => rank)).toEqual([
      11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
    ]);
    expect(board(bench, 'week', 'xp', 9)).toMatchObject({ number: 2, count: 3, players: people });
    expect(board(bench, 'week', 'xp', 9).lines).toHaveLength(3);
    expect(standing(bench, { ...MIRA, userId: '114' })).toMatchObject({
      rank: 15,
      value: people - 14,
      neighbours: [
        { rank: 14, userId: '113' },
        { rank: 15, userId: '114' },
        { rank: 16, userId: '115' },
      ],
    });
    expect(standing(bench, { ...MIRA, userId: '100' })?.neighbours.map(({ rank }) => rank)).toEqual([1, 2]);
    expect(standing(bench, { ...MIRA, userId: '122' })?.neighbours.map(({ rank }) => rank)).toEqual([22, 23]);
  });

  test('is empty where nothing happened', () => {
    const bench = createGameBench();
    expect(board(bench)).toMatchObject({ lines: [], number: 0, count: 1, players: 0 });
    expect(standing(bench)).toBeUndefined();
  });

  test('does not list who is hidden, nor count them in the ranks of others; nothing is lost by it', () => {
    const bench = createGameBench();
    gain(bench, 30, TOBIN);
    gain(bench, 10);
    gain(bench, 5, { ...MIRA, userId: '3' });
    refresh(bench);
    const choose = (choice: 'shown' | 'hidden') =>
      bench.act((tx) => bench.game.preferences.set(tx, TOBIN, leaderboardListing, choice));
    choose('hidden');
    gain(bench, 30, TOBIN);
    refresh(bench);
    expect(board(bench)).toMatchObject({
      players: 2,
      lines: [{ rank: 1, userId: MIRA.userId }, { rank: 2 }],
    });
    expect(standing(bench)).toMatchObject({
      rank: 1,
      neighbours: [{ userId: MIRA.userId }, { userId: '3' }],
    });
    expect(standing(bench, TOBIN)).toBeUndefined();
    expect(bench.game.leaderboards.isHidden(bench.world.reader, TOBIN)).toBe(true);
    choose('shown');
    expect(listed(bench)[0]).toEqual([TOBIN.userId, 60]);
  });

  test('is read by its index, in its order', () => {
    const bench = createGameBench();
    const query = linesQuery(bench.world.reader).toSQL().sql.replaceAll('?', '0');
    const plan = bench.world.reader.all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${sql.raw(query) as SQL}`);
    const details = plan.map(({ detail }) => detail).join('\n');
    expect(details).toContain('INDEX scores_in_order (guild_id=? AND board=? AND period=?)');
    expect(details).not.toMatch(/SCAN|TEMP B-TREE/);
  });
});

test.each([
  [Date.UTC(2026, 10, 22, 23, 59, 59, 999), 'week:2026-11-16', 'month:2026-11'],
  [Date.UTC(2026, 10, 23), 'week:2026-11-23', 'month:2026-11'],
  [Date.UTC(2027, 0, 1), 'week:2026-12-28', 'month:2027-01'],
  [Date.UTC(2028, 1, 29, 12), 'week:2028-02-28', 'month:2028-02'],
])('the week and the month of %d', (moment, week, month) => {
  expect([periodAt('week', moment), periodAt('month', moment), periodAt('all', moment)]).toEqual([
    week,
    month,
    'all',
  ]);
  for (const period of ['week', 'month'] as const) {
    const end = endOfPeriod(period, moment) ?? 0;
    expect(periodAt(period, end - 1)).toBe(periodAt(period, moment));
    expect(periodAt(period, end)).not.toBe(periodAt(period, moment));
  }
});

describe('keeping leaderboards up', () => {
  test('takes the log in bounded steps, each with its place in the same transaction', () => {
    const bench = createGameBench();
    const happenings = EVENTS_PER_BATCH * 4;
    bench.act((tx) => {
      for (let run = 0; run < happenings; run++)
        tx.publish(xpGranted, { ...MIRA, data: { amount: 1, reason: 'x' } });
    });
    const { leaderboards } = bench.game;
    bench.act((tx) => leaderboards.refresh(tx));
    expect(listed(bench)[0]?.[1]).toBe(EVENTS_PER_BATCH);
    // Killed before the commit: neither the scores nor the place remain.
    expect(() =>
      bench.act((tx) => {
        leaderboards.refresh(tx);
        throw new Error('Killed.');
      }),
    ).toThrow('Killed.');
    expect(listed(bench)[0]?.[1]).toBe(EVENTS_PER_BATCH);
    expect(refresh(bench)).toBe(3);
    expect(listed(bench)[0]?.[1]).toBe(happenings);
    const before = rows(bench);
    bench.act((tx) => leaderboards.refresh(tx));
    expect(rows(bench)).toEqual(before);
  });

  test('is asked for by what changes them, once for all that happens within seconds', async () => {
    const bench = await createPieceBench();
    expect(bench.world.outbox.find('refreshLeaderboards:world')).toBeUndefined();
    gain(bench, 10);
    const request = bench.world.outbox.find('refreshLeaderboards:world');
    bench.clock.advance(SECOND);
    gain(bench, 10, TOBIN);
    expect(bench.world.outbox.find('refreshLeaderboards:world')).toEqual(request);
    expect(await bench.runDueJobs('refreshLeaderboards')).toBe(0);
    bench.clock.advance(10 * SECOND);
    expect(await bench.runDueJobs('refreshLeaderboards')).toBe(1);
    expect(listed(bench)).toHaveLength(2);
    expect(bench.world.outbox.find('refreshLeaderboards:world')).toBeUndefined();
  });

  test('is asked for at the start where something was left', () => {
    const bench = createGameBench();
    bench.act((tx) => bench.game.leaderboards.begin(tx));
    expect(bench.world.outbox.count().waiting).toBe(0);
    gain(bench, 10);
    bench.act((tx) => bench.game.leaderboards.begin(tx));
    expect(bench.world.outbox.count().waiting).toBe(1);
  });

  test('goes on while somebody else makes them anew, and nothing counts twice', () => {
    const file = join(temporaryFolder('leaderboards'), 'world.sqlite');
    const bench = createGameBench({ file });
    const beside = createWorldBench({ file, lock: false });
    const { leaderboards } = bench.game;
    bench.act((tx) => {
      for (let run = 0; run < EVENTS_PER_BATCH * 3; run++)
        tx.publish(xpGranted, { ...MIRA, data: { amount: 1, reason: 'x' } });
    });
    refresh(bench);
    beside.act((tx) => leaderboards.startOver(tx));
    beside.act((tx) => leaderboards.countNext(tx));
    gain(bench, 7);
    bench.act((tx) => leaderboards.refresh(tx));
    beside.act((tx) => leaderboards.countNext(tx));
    refresh(bench);
    expect(listed(bench)).toEqual([[MIRA.userId, EVENTS_PER_BATCH * 3 + 7]]);
    beside.world.close();
    bench.world.close();
  });
});

const happening = fc.record({
  userId: fc.constantFrom('1', '2', '3', '4'),
  guildId: fc.constantFrom('900', '901'),
  what: fc.constantFrom(...BOARD_NAMES),
  amount: fc.integer({ min: 1, max: 5 }),
  /** Late ones stand in the log after what happened after them. */
  hours: fc.integer({ min: -24 * 40, max: 24 * 10 }),
  refreshed: fc.boolean(),
});

function publish(
  tx: Tx,
  { userId, guildId, what, amount, hours }: typeof happening extends fc.Arbitrary<infer Each> ? Each : never,
): void {
  const where = { userId, guildId, occurredAt: MONDAY + hours * HOUR };
  if (what === 'xp') tx.publish(xpGranted, { ...where, data: { amount, reason: 'x' } });
  if (what === 'achievements')
    tx.publish(achievementUnlocked, { ...where, data: { achievementId: 'x', retroactive: false } });
  if (what === 'gathered')
    tx.publish(itemsGathered, {
      ...where,
      data: { tripId: 'x', placeId: 'x', items: [], total: amount - 1, xp: 0, channelId: WORKSHOP },
    });
  if (what === 'crafts')
    tx.publish(itemCrafted, {
      ...where,
      data: {
        craftId: 'x',
        recipeId: 'x',
        itemId: 'x',
        rarity: 'common',
        crafted: amount,
        masterworks: 0,
        quantity: amount,
        xp: 0,
        channelId: WORKSHOP,
      },
    });
}

test('whatever happens, leaderboards that were kept up are those that are made anew, and every rank is its place', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      const bench = createGameBench();
      for (const each of happenings) {
        bench.act((tx) => publish(tx, each));
        if (each.refreshed) bench.act((tx) => bench.game.leaderboards.refresh(tx));
      }
      refresh(bench);
      const kept = rows(bench);
      rebuild(bench);
      expect(rows(bench)).toEqual(kept);
      for (const guildId of ['900', '901']) {
        for (const name of BOARD_NAMES) {
          for (const period of PERIODS) {
            const which = { guildId, board: name, period };
            const page = bench.game.leaderboards.page(bench.world.reader, which, 0, bench.clock.now());
            for (const { rank, userId, value } of page.lines) {
              const own = { ...which, userId };
              expect(
                bench.game.leaderboards.standing(bench.world.reader, own, bench.clock.now()),
              ).toMatchObject({
                rank,
                value,
              });
            }
          }
        }
      }
    }),
    { numRuns: 30 },
  );
});
