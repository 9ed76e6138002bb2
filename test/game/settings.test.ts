import { describe, expect, test } from 'vitest';
import { announcementChannel, announcementRarity } from '../../src/game/announcements/settings.ts';
import { ignoredChannels } from '../../src/game/engagement/settings.ts';
import type { SettingDefinition } from '../../src/game/settings/definitions.ts';
import { guildSettings } from '../../src/game/settings/guild-settings.table.ts';
import { createGameBench, type GameBench, WORKSHOP } from '../support/game.ts';

const GUILD = '900000000000000001';
const ADMIN = '100000000000000009';

function set<Value>(bench: GameBench, definition: SettingDefinition<Value>, value: Value): void {
  bench.act((tx) => bench.game.settings.set(tx, GUILD, ADMIN, definition, value));
}

const get = <Value>(bench: GameBench, definition: SettingDefinition<Value>, guildId = GUILD) =>
  bench.game.settings.get(bench.world.reader, guildId, definition);

describe('a setting', () => {
  test('has its default until an admin sets it, for their server only', () => {
    const bench = createGameBench();
    expect([get(bench, announcementChannel), get(bench, announcementRarity)]).toEqual([null, 'rare']);
    set(bench, announcementChannel, WORKSHOP);
    set(bench, announcementRarity, 'epic');
    expect([get(bench, announcementChannel), get(bench, announcementRarity)]).toEqual([WORKSHOP, 'epic']);
    expect(get(bench, announcementChannel, 'elsewhere')).toBeNull();
  });

  test('can be taken back to nothing', () => {
    const bench = createGameBench();
    set(bench, announcementChannel, WORKSHOP);
    set(bench, announcementChannel, null);
    expect(get(bench, announcementChannel)).toBeNull();
  });

  test('that is changed tells who changed what from what, once', () => {
    const bench = createGameBench();
    set(bench, announcementChannel, WORKSHOP);
    set(bench, announcementChannel, WORKSHOP);
    set(bench, announcementChannel, null);
    expect(
      bench.published('settingsChanged').map(({ guildId, userId, data }) => ({ guildId, userId, data })),
    ).toEqual([
      {
        guildId: GUILD,
        userId: ADMIN,
        data: { setting: 'announcementChannel', before: null, after: WORKSHOP, wasUnset: true },
      },
      {
        guildId: GUILD,
        userId: ADMIN,
        data: { setting: 'announcementChannel', before: WORKSHOP, after: null },
      },
    ]);
  });

  test('that is a list is the same when it says the same', () => {
    const bench = createGameBench();
    set(bench, ignoredChannels, [WORKSHOP]);
    set(bench, ignoredChannels, [WORKSHOP]);
    set(bench, ignoredChannels, []);
    expect(get(bench, ignoredChannels)).toEqual([]);
    expect(bench.published('settingsChanged')).toHaveLength(2);
  });

  test('that is a list of channels names each of them once, and no more than fit', () => {
    const bench = createGameBench();
    const many = Array.from({ length: 51 }, (_, channel) => `${700000000000000000n + BigInt(channel)}`);
    for (const value of [[WORKSHOP, WORKSHOP], many, ['the one with the pictures']]) {
      expect(() => set(bench, ignoredChannels, value)).toThrow();
    }
    set(bench, ignoredChannels, many.slice(1));
    expect(get(bench, ignoredChannels)).toHaveLength(50);
  });

  test('cannot be set to what is impossible', () => {
    const bench = createGameBench();
    expect(() => set(bench, announcementChannel, 'the one with the pictures')).toThrow();
    expect(get(bench, announcementChannel)).toBeNull();
    expect(bench.published()).toEqual([]);
  });

  test.each(['"shiny"', '17', 'null'])(
    'of which %s is stored, which no longer fits, has its default',
    (value) => {
      const bench = createGameBench();
      bench.act((tx) =>
        tx.db
          .insert(guildSettings)
          .values({ guildId: GUILD, name: announcementRarity.name, value, changedAt: 0 })
          .run(),
      );
      expect(get(bench, announcementRarity)).toBe('rare');
      set(bench, announcementRarity, 'epic');
      expect(get(bench, announcementRarity)).toBe('epic');
    },
  );

  test('that is set back has its default, and tells it once', () => {
    const bench = createGameBench();
    const reset = () => bench.act((tx) => bench.game.settings.reset(tx, GUILD, ADMIN, announcementRarity));
    set(bench, announcementRarity, 'epic');
    reset();
    reset();
    expect(get(bench, announcementRarity)).toBe('rare');
    expect(bench.world.reader.select().from(guildSettings).all()).toEqual([]);
    expect(bench.published('settingsChanged').map(({ data }) => data)).toEqual([
      { setting: 'announcementRarity', before: 'rare', after: 'epic', wasUnset: true },
      { setting: 'announcementRarity', before: 'epic', after: 'rare' },
    ]);
  });

  test('that is set back is in the record also where its default was set, and is not where nothing was', () => {
    const bench = createGameBench();
    const reset = () => bench.act((tx) => bench.game.settings.reset(tx, GUILD, ADMIN, announcementRarity));
    expect(reset()).toBeUndefined();
    set(bench, announcementRarity, 'epic');
    set(bench, announcementRarity, 'rare');
    reset();
    expect(bench.world.reader.select().from(guildSettings).all()).toEqual([]);
    expect(bench.published('settingsChanged').map(({ data }) => data)).toEqual([
      { setting: 'announcementRarity', before: 'rare', after: 'epic', wasUnset: true },
      { setting: 'announcementRarity', before: 'epic', after: 'rare' },
      { setting: 'announcementRarity', before: 'rare', after: 'rare' },
    ]);
  });

  test('is found by its name', () => {
    const { settings } = createGameBench().game;
    expect(settings.definition('announcementRarity')).toBe(announcementRarity);
    expect(settings.definition('gravity')).toBeUndefined();
    expect(settings.definition('constructor')).toBeUndefined();
  });
});
