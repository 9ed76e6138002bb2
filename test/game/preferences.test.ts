import { describe, expect, test } from 'vitest';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import { leaderboardListing, type PreferenceDefinition } from '../../src/game/preferences/definitions.ts';
import { playerPreferences } from '../../src/game/preferences/player-preferences.table.ts';
import { createGameBench, type GameBench, MIRA, TOBIN } from '../support/game.ts';

function set<Value>(bench: GameBench, definition: PreferenceDefinition<Value>, value: Value): void {
  bench.act((tx) => bench.game.preferences.set(tx, MIRA, definition, value));
}

const get = <Value>(bench: GameBench, definition: PreferenceDefinition<Value>, holder = MIRA) =>
  bench.game.preferences.get(bench.world.reader, holder, definition);

const gifts = notificationWay('gift');

describe('a preference', () => {
  test('has its default until a player chooses, for themselves in this server only', () => {
    const bench = createGameBench();
    expect([get(bench, leaderboardListing), get(bench, gifts)]).toEqual(['shown', 'quiet']);
    set(bench, leaderboardListing, 'hidden');
    set(bench, gifts, 'direct');
    expect([get(bench, leaderboardListing), get(bench, gifts)]).toEqual(['hidden', 'direct']);
    for (const other of [TOBIN, { ...MIRA, guildId: 'elsewhere' }])
      expect(get(bench, leaderboardListing, other)).toBe('shown');
  });

  test('that is changed tells who changed what from what, once', () => {
    const bench = createGameBench();
    for (const choice of ['hidden', 'hidden', 'shown'] as const) set(bench, leaderboardListing, choice);
    expect(bench.published('preferenceChanged').map(({ userId, data }) => ({ userId, data }))).toEqual([
      { userId: MIRA.userId, data: { preference: 'leaderboards', before: 'shown', after: 'hidden' } },
      { userId: MIRA.userId, data: { preference: 'leaderboards', before: 'hidden', after: 'shown' } },
    ]);
  });

  test('cannot be set to what is impossible, and what is stored and impossible by now counts as not chosen', () => {
    const bench = createGameBench();
    expect(() => set(bench, leaderboardListing, 'sometimes' as 'shown')).toThrow();
    expect(bench.published()).toEqual([]);
    bench.act((tx) =>
      tx.db
        .insert(playerPreferences)
        .values({ ...MIRA, name: leaderboardListing.name, value: '"sometimes"', changedAt: 0 })
        .run(),
    );
    expect(get(bench, leaderboardListing)).toBe('shown');
  });
});
