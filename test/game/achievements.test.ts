import { describe, expect, test } from 'vitest';
import { createGameBench, type GameBench, HOUR, MIRA, TOBIN } from '../support/game.ts';
import { only } from '../support/world.ts';

function count(bench: GameBench, amount: number, holder = MIRA): void {
  bench.act((tx) => bench.game.achievements.count(tx, holder, 'itemsCrafted', amount));
}

const progress = (bench: GameBench, holder = MIRA) =>
  only(bench.game.achievements.progress(bench.world.reader, holder));

describe('Master Crafter', () => {
  test('is unlocked by the hundredth item, not by the ninety-ninth', () => {
    const bench = createGameBench();
    count(bench, 99);
    expect(progress(bench)).toMatchObject({
      achievement: { id: 'master_crafter', goal: 100 },
      value: 99,
      unlockedAt: null,
    });
    bench.clock.advance(HOUR);
    count(bench, 1);
    expect(progress(bench)).toMatchObject({ value: 100, unlockedAt: bench.clock.now() });
    expect(bench.published('achievementUnlocked')).toMatchObject([
      { ...MIRA, data: { achievementId: 'master_crafter' } },
    ]);
  });

  test('is unlocked once, however much is crafted', () => {
    const bench = createGameBench();
    count(bench, 250);
    const { unlockedAt } = progress(bench);
    bench.clock.advance(HOUR);
    count(bench, 100);
    expect(progress(bench)).toMatchObject({ value: 350, unlockedAt });
    expect(bench.published('achievementUnlocked')).toHaveLength(1);
  });

  test('is counted for each person, in each server', () => {
    const bench = createGameBench();
    for (const holder of [MIRA, TOBIN, { ...MIRA, guildId: 'elsewhere' }]) count(bench, 60, holder);
    expect(progress(bench).value).toBe(60);
    expect(bench.published('achievementUnlocked')).toEqual([]);
  });

  test('is at nothing for somebody who has done nothing', () => {
    expect(progress(createGameBench())).toMatchObject({ value: 0, unlockedAt: null });
  });
});
