import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemCrafted } from '../../src/events/itemCrafted.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { announcementChannel } from '../../src/game/announcements/settings.ts';
import { milestonePassed } from '../../src/game/servers/milestones.ts';
import type { Holder } from '../../src/world/ledger.ts';
import { MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { NEWS } from '../support/telling.ts';
import { only } from '../support/world.ts';

/** The milestones as the issue has them. */
const MILESTONES = [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000] as const;

/** Somebody finishes so many of something common. */
function craft(bench: PieceBench, quantity: number, who: Holder = MIRA) {
  const data = {
    craftId: `${bench.clock.now()}`,
    recipeId: 'campfire',
    itemId: 'campfire',
    rarity: 'common',
    crafted: 1,
    masterworks: 0,
    quantity,
    xp: 0,
    channelId: WORKSHOP,
  } as const;
  bench.clock.advance(1);
  return bench.act((tx) => tx.publish(itemCrafted, { ...who, data }));
}

const reached = (bench: PieceBench) =>
  bench.published('serverMilestoneReached').map(({ data }) => (data as { milestone: number }).milestone);

const announced = (bench: PieceBench) =>
  bench.world.reader
    .select()
    .from(announcements)
    .all()
    .filter(({ subject }) => subject.kind === 'serverMilestone');

describe('what a server has crafted in all', () => {
  test('is a milestone at 100, 250, 500, 1,000 and so on, each exactly when it is passed', async () => {
    const bench = await createPieceBench();
    craft(bench, 99);
    expect(reached(bench)).toEqual([]);
    craft(bench, 1, TOBIN);
    expect(reached(bench)).toEqual([100]);
    for (const quantity of [149, 1, 249, 1, 499, 1]) craft(bench, quantity);
    expect(reached(bench)).toEqual([100, 250, 500, 1_000]);
    const [first] = bench.published('serverMilestoneReached');
    expect(first).toMatchObject({ ...TOBIN, data: { metric: 'itemsCrafted', milestone: 100 } });
  });

  test('is the highest milestone only where several are passed at once', async () => {
    const bench = await createPieceBench();
    craft(bench, 2_600);
    expect(reached(bench)).toEqual([2_500]);
  });

  test('passes the same milestones as anybody would count, however it comes together', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4_000 }), { maxLength: 60 }), (amounts) => {
        let total = 0;
        for (const amount of amounts) {
          const passed = MILESTONES.filter((each) => total < each && each <= total + amount);
          expect(milestonePassed(total, total + amount)).toBe(passed.at(-1));
          total += amount;
        }
      }),
    );
  });

  test('is counted for each server by itself', async () => {
    const bench = await createPieceBench();
    craft(bench, 60);
    craft(bench, 60, { ...MIRA, guildId: '900000000000000002' });
    expect(reached(bench)).toEqual([]);
  });
});

describe('a milestone', () => {
  /** A server that wants to hear of it. */
  async function createServer(): Promise<PieceBench> {
    const bench = await createPieceBench();
    bench.act((tx) => bench.game.settings.set(tx, MIRA.guildId, '1', announcementChannel, NEWS));
    return bench;
  }

  test('is announced once, about whoever made it so', async () => {
    const bench = await createServer();
    craft(bench, 99);
    craft(bench, 5, TOBIN);
    craft(bench, 5);
    expect(only(announced(bench))).toMatchObject({
      ...TOBIN,
      audience: 'server',
      outletId: NEWS,
      subject: { kind: 'serverMilestone', milestone: 100 },
    });
  });

  test('is announced nowhere where no channel was chosen', async () => {
    const bench = await createPieceBench();
    craft(bench, 100);
    expect(announced(bench)).toEqual([]);
  });
});
