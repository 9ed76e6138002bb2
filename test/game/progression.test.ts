import { expect, test } from 'vitest';
import { verifyLedger } from '../../src/world/ledger.ts';
import { createGameBench, type GameBench, MIRA, TOBIN } from '../support/game.ts';

function grant(bench: GameBench, amount: number): void {
  bench.act((tx) => bench.game.progression.grantXp(tx, MIRA, amount, 'crafting'));
}

const told = (bench: GameBench) => bench.published().map(({ name, data }) => [name, data]);

test('XP adds up, for one person in one server', () => {
  const bench = createGameBench();
  grant(bench, 60);
  grant(bench, 30);
  expect(bench.game.progression.progress(bench.world.reader, MIRA)).toEqual({
    xp: 90,
    level: 1,
    intoLevel: 90,
    toNextLevel: 100,
  });
  for (const other of [TOBIN, { ...MIRA, guildId: 'elsewhere' }]) {
    expect(bench.game.progression.progress(bench.world.reader, other).xp).toBe(0);
  }
  expect(verifyLedger(bench.world.reader)).toEqual([]);
});

test('a new level is told once, also when several are reached at once', () => {
  const bench = createGameBench();
  grant(bench, 99);
  grant(bench, 1);
  grant(bench, 1);
  grant(bench, 2_000);
  expect(told(bench)).toEqual([
    ['xpGranted', { amount: 99, reason: 'crafting' }],
    ['xpGranted', { amount: 1, reason: 'crafting' }],
    ['userLeveledUp', { from: 1, to: 2, reason: 'crafting' }],
    ['xpGranted', { amount: 1, reason: 'crafting' }],
    ['xpGranted', { amount: 2_000, reason: 'crafting' }],
    ['userLeveledUp', { from: 2, to: 5, reason: 'crafting' }],
  ]);
});

test('no XP is not worth a word; less than none is refused', () => {
  const bench = createGameBench();
  grant(bench, 0);
  expect(() => grant(bench, -5)).toThrow();
  expect(() => grant(bench, 0.5)).toThrow();
  expect(told(bench)).toEqual([]);
});
