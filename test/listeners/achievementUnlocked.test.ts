import { describe, expect, test } from 'vitest';
import { achievementUnlocked } from '../../src/events/achievementUnlocked.ts';
import { engagementRewarded } from '../../src/events/engagementRewarded.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { achievementTier, announcementChannel } from '../../src/game/announcements/settings.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import { HOUR, MIRA, WORKSHOP } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { NEWS } from '../support/telling.ts';
import { only } from '../support/world.ts';

function unlock(bench: PieceBench, retroactive: boolean): void {
  bench.act((tx) =>
    tx.publish(achievementUnlocked, { ...MIRA, data: { achievementId: 'master_crafter', retroactive } }),
  );
}

const told = (bench: PieceBench) => bench.world.reader.select().from(announcements).all();

/** A player who played in the workshop. */
async function createPlayer(): Promise<PieceBench> {
  const bench = await createPieceBench();
  bench.act((tx) => bench.game.players.ensure(tx, { ...MIRA, channelId: WORKSHOP, locale: 'de' }));
  return bench;
}

describe('an achievement that was earned', () => {
  test('is told to the player where they played last', async () => {
    const bench = await createPlayer();
    unlock(bench, false);
    expect(only(told(bench))).toMatchObject({
      ...MIRA,
      channelId: WORKSHOP,
      subject: { kind: 'achievement', achievementId: 'master_crafter' },
    });
    expect(bench.world.outbox.find(`discordNotify:${WORKSHOP}`)).toBeDefined();
  });

  test('by what happened before it was there comes without a word', async () => {
    const bench = await createPlayer();
    unlock(bench, true);
    expect(told(bench)).toEqual([]);
  });

  test.each([false, true])('by taking part is told to who asked for such news: %s', async (asked) => {
    const bench = await createPlayer();
    const way = asked ? 'quiet' : 'off';
    bench.act((tx) => bench.game.preferences.set(tx, MIRA, notificationWay('engagement'), way));
    bench.act((tx) =>
      tx.publish(engagementRewarded, { ...MIRA, data: { points: 10_000, xp: 10_000, items: [] } }),
    );
    const earned = bench.published('achievementUnlocked');
    expect(earned.length).toBeGreaterThan(0);
    expect(told(bench).length).toBe(asked ? earned.length : 0);
  });

  test('by somebody who only ever chatted is told nowhere', async () => {
    const bench = await createPieceBench();
    bench.act((tx) => bench.game.players.ensure(tx, MIRA));
    unlock(bench, false);
    expect(told(bench)).toEqual([]);
    expect(bench.world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
  });

  test('was earned in the moment it was earned in an event of the first version', () => {
    expect(achievementUnlocked.read({ achievementId: 'master_crafter' }, 1)).toEqual({
      achievementId: 'master_crafter',
      retroactive: false,
    });
  });
});

test('what is crafted earns, is told and compared, all from the pieces as they are loaded', async () => {
  const bench = await createPlayer();
  const first = [...bench.game.catalog.current.achievements.values()].find(
    ({ counts, goal }) =>
      counts.event === 'itemCrafted' && goal === 1 && !counts.where && counts.sum === 'quantity',
  );
  bench.act((tx) =>
    bench.game.crafting.startCraft(tx, { ...MIRA, channelId: WORKSHOP, recipeId: 'campfire', quantity: 1 }),
  );
  bench.clock.advance(HOUR);
  bench.game.dueWork.settle(bench.world, MIRA);
  const earned = bench.game.achievements
    .progress(bench.world.reader, MIRA)
    .filter(({ unlockedAt }) => unlockedAt !== null);
  expect(earned.map(({ achievement }) => achievement.id)).toContain(first?.id);
  expect(told(bench).map(({ subject }) => subject.kind)).toContain('achievement');
  bench.clock.advance(HOUR);
  await bench.runDueJobs('refreshLeaderboards');
  const which = { ...MIRA, board: 'crafts', period: 'week' } as const;
  expect(bench.game.leaderboards.standing(bench.world.reader, which, bench.clock.now())).toMatchObject({
    rank: 1,
    value: 1,
  });
});

describe('an achievement that is rare enough for the server', () => {
  const TIERS = {
    bronze: 'first_spark',
    silver: 'master_crafter',
    gold: 'thousandfold',
    platinum: 'never_cold',
  } as const;

  /** A server that wants to hear of achievements of some tier. */
  async function createServer(tier?: keyof typeof TIERS): Promise<PieceBench> {
    const bench = await createPlayer();
    const { settings } = bench.game;
    bench.act((tx) => {
      settings.set(tx, MIRA.guildId, '1', announcementChannel, NEWS);
      if (tier) settings.set(tx, MIRA.guildId, '1', achievementTier, tier);
    });
    return bench;
  }

  /** One of each tier is earned. */
  function earnOneOfEach(bench: PieceBench, retroactive = false): void {
    for (const achievementId of Object.values(TIERS))
      bench.act((tx) => tx.publish(achievementUnlocked, { ...MIRA, data: { achievementId, retroactive } }));
  }

  const announced = (bench: PieceBench) =>
    told(bench).flatMap(({ audience, subject }) =>
      audience === 'server' && subject.kind === 'rareAchievement' ? subject.achievementId : [],
    );

  test.each([
    [undefined, ['thousandfold', 'never_cold']],
    ['bronze', Object.values(TIERS)],
    ['silver', ['master_crafter', 'thousandfold', 'never_cold']],
    ['platinum', ['never_cold']],
  ] as const)('is told to all: from %s on', async (tier, expected) => {
    const bench = await createServer(tier);
    earnOneOfEach(bench);
    expect(announced(bench)).toEqual(expected);
    expect(bench.world.outbox.find(`discordNotify:${NEWS}`)).toBeDefined();
  });

  test('is not told where it was earned by what happened before it was there', async () => {
    const bench = await createServer('bronze');
    earnOneOfEach(bench, true);
    expect(announced(bench)).toEqual([]);
  });

  test('is not told where no channel was chosen, nor where the content knows it no more', async () => {
    const quiet = await createPlayer();
    earnOneOfEach(quiet);
    expect(announced(quiet)).toEqual([]);
    const bench = await createServer('bronze');
    const data = { achievementId: 'forgotten', retroactive: false };
    bench.act((tx) => tx.publish(achievementUnlocked, { ...MIRA, data }));
    expect(announced(bench)).toEqual([]);
    expect(bench.world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
  });
});
