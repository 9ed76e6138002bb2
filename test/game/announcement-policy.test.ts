import { describe, expect, test } from 'vitest';
import type { AnnouncementWishes } from '../../src/game/announcements/announcement-policy.ts';
import { createGameBench, type GameBench, WORKSHOP } from '../support/game.ts';
import { refusalOf } from '../support/refusal.ts';

const GUILD = '900000000000000001';
const ADMIN = { guildId: GUILD, userId: '100000000000000009' };
const NIGHT = { from: 22 * 60, until: 7 * 60 };

const change = (bench: GameBench, wishes: AnnouncementWishes) =>
  bench.act((tx) => bench.game.announcementPolicy.change(tx, ADMIN, wishes));

const rules = (bench: GameBench, guildId = GUILD) =>
  bench.game.announcementPolicy.rules(bench.world.reader, guildId);

describe('how a server is told things', () => {
  test('is quiet about nothing, and nowhere, until an admin says so', () => {
    expect(rules(createGameBench())).toEqual({
      channelId: null,
      rarity: 'rare',
      levels: 5,
      tier: 'gold',
      spacing: 5,
      budget: 30,
      quietHours: null,
      logChannelId: null,
    });
  });

  test('is changed as an admin wants it, and stays as it is where they say nothing of it', () => {
    const bench = createGameBench();
    change(bench, { channelId: WORKSHOP, spacing: 60 });
    change(bench, { rarity: 'epic', budget: 4, quietHours: { ...NIGHT, timeZone: 'Europe/Berlin' } });
    change(bench, { logChannelId: WORKSHOP, levels: 10, tier: 'silver' });
    expect(rules(bench)).toEqual({
      channelId: WORKSHOP,
      rarity: 'epic',
      levels: 10,
      tier: 'silver',
      spacing: 60,
      budget: 4,
      quietHours: { ...NIGHT, timeZone: 'Europe/Berlin' },
      logChannelId: WORKSHOP,
    });
    expect(rules(bench, 'elsewhere').channelId).toBeNull();
    expect(bench.published('settingsChanged').map(({ data }) => data)).toEqual([
      { setting: 'announcementChannel', before: null, after: WORKSHOP },
      { setting: 'announcementSpacing', before: 5, after: 60 },
      { setting: 'announcementRarity', before: 'rare', after: 'epic' },
      { setting: 'announcementBudget', before: 30, after: 4 },
      { setting: 'quietHours', before: null, after: { ...NIGHT, timeZone: 'Europe/Berlin' } },
      { setting: 'levelMilestone', before: 5, after: 10 },
      { setting: 'achievementTier', before: 'gold', after: 'silver' },
      { setting: 'logChannel', before: null, after: WORKSHOP },
    ]);
  });

  test.each([
    [{ spacing: 1 }, { least: 2, most: 3_600 }],
    [{ spacing: 3_601 }, { least: 2, most: 3_600 }],
    [{ spacing: 2.5 }, { least: 2, most: 3_600 }],
    [{ budget: 0 }, { least: 1, most: 120 }],
    [{ budget: 121 }, { least: 1, most: 120 }],
    [{ levels: 0 }, { least: 1, most: 100 }],
    [{ levels: 101 }, { least: 1, most: 100 }],
  ])('is refused what is out of bounds: %j', (wishes, facts) => {
    const bench = createGameBench();
    expect(refusalOf(() => change(bench, { rarity: 'epic', ...wishes }))).toEqual({
      code: 'settingOutOfRange',
      facts,
    });
    expect([rules(bench).rarity, bench.published()]).toEqual(['rare', []]);
  });

  test.each([
    { spacing: 2, budget: 1 },
    { spacing: 3_600, budget: 120 },
  ])('is given what is on the edge of the bounds: %j', (wishes) => {
    const bench = createGameBench();
    change(bench, wishes);
    expect(rules(bench)).toMatchObject(wishes);
  });
});

describe('quiet hours', () => {
  test('go by UTC where nobody has said otherwise, and then by the clock of before', () => {
    const bench = createGameBench();
    change(bench, { quietHours: NIGHT });
    expect(rules(bench).quietHours).toEqual({ ...NIGHT, timeZone: 'UTC' });
    change(bench, { quietHours: { timeZone: 'Asia/Tokyo' } });
    change(bench, { quietHours: { until: 8 * 60 } });
    expect(rules(bench).quietHours).toEqual({ from: 22 * 60, until: 8 * 60, timeZone: 'Asia/Tokyo' });
    change(bench, { quietHours: null });
    expect(rules(bench).quietHours).toBeNull();
  });

  test.each([
    [{ from: 60 }, 'quietHoursIncomplete', { context: 'until' }],
    [{ until: 60 }, 'quietHoursIncomplete', { context: 'from' }],
    [{ timeZone: 'UTC' }, 'quietHoursIncomplete', { context: 'both' }],
    [{ from: 60, until: 60 }, 'quietHoursEmpty', {}],
  ])('that are only half said are refused: %j', (quietHours, code, facts) => {
    const bench = createGameBench();
    expect(refusalOf(() => change(bench, { budget: 1, quietHours }))).toEqual({ code, facts });
    expect(rules(bench)).toMatchObject({ quietHours: null, budget: 30 });
  });

  test('that would end when they begin are refused, also where only one of the two is said', () => {
    const bench = createGameBench();
    change(bench, { quietHours: NIGHT });
    expect(refusalOf(() => change(bench, { quietHours: { from: NIGHT.until } })).code).toBe(
      'quietHoursEmpty',
    );
  });
});
