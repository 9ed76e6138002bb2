import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LiveCatalog } from '../../src/game/content/live-catalog.ts';
import { beginGame } from '../../src/game/game.ts';
import { findProjection, listProjections } from '../../src/world/projections.ts';
import { contentFolder, rewrite } from '../support/content.ts';
import { createGameBench, type GameBench, HOUR, MIRA, SECOND, WORKSHOP } from '../support/game.ts';

const NOTHING = { prepare: async () => undefined, begin: () => undefined };

/** A game on content that can be changed. */
async function openGame() {
  const folder = contentFolder();
  const catalog = await LiveCatalog.open(folder);
  const bench = createGameBench({ catalog });
  const begin = () => bench.act((tx) => beginGame(tx, bench.game));
  begin();
  return { ...bench, folder, catalog, reload: () => catalog.reload({ ...NOTHING, begin }) };
}

function order(bench: GameBench, recipeId: string, quantity = 1) {
  return bench.act((tx) =>
    bench.game.crafting.startCraft(tx, { ...MIRA, channelId: WORKSHOP, recipeId, quantity }),
  );
}

test('content that changed is taken as a whole, and what became different is told', async () => {
  const { folder, catalog, reload } = await openGame();
  const before = catalog.current;
  expect(await reload()).toEqual({ kind: 'same' });
  appendFileSync(join(folder, 'items.yaml'), '\nash: { category: raw, rarity: common, emoji: "⬛" }\n');
  appendFileSync(join(folder, 'recipes.yaml'), '\nash: { makes: ash, takes: { oak_log: 1 }, time: 3s }\n');
  rewrite(folder, 'recipes', /^oak_plank: .*\n/m, '');
  rewrite(folder, 'recipes', /(iron_ingot: .*)time: 30s/, '$1time: 31s');
  rewrite(folder, 'starter', 'coal: 8', 'coal: 9');
  expect(await reload()).toEqual({
    kind: 'taken',
    changes: [
      'items added: ash',
      'recipes added: ash',
      'recipes removed: oak_plank',
      'recipes changed: iron_ingot',
      'starter changed: coal',
    ],
  });
  expect(catalog.current.recipes.get('ash')?.time).toBe(3 * SECOND);
  expect(before.recipes.has('ash')).toBe(false);
  expect(await reload()).toEqual({ kind: 'same' });
});

test('content that cannot be used is refused with file, line and reason, and taken when it is mended', async () => {
  const { folder, catalog, reload } = await openGame();
  const before = catalog.current;
  appendFileSync(join(folder, 'recipes.yaml'), '\ngold: { makes: gold, takes: { oak_log: 1 }, time: 5s }\n');
  expect(await reload()).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(
      /recipes\.yaml:\d+: The recipe "gold" names the item "gold", which isn't there/,
    ),
  });
  expect(catalog.current).toBe(before);
  rewrite(folder, 'recipes', /^gold: .*\n/m, '');
  expect(await reload()).toEqual({ kind: 'taken', changes: [] });
  const mended = catalog.current;
  rmSync(join(folder, 'items.yaml'));
  expect(await reload()).toEqual({
    kind: 'refused',
    reason: expect.stringContaining('items.yaml cannot be read'),
  });
  expect(catalog.current).toBe(mended);
});

test('content with an achievement that nobody can earn is refused as at a start', async () => {
  const { folder, reload } = await openGame();
  rewrite(folder, 'achievements', 'sum: quantity', 'sum: quantty');
  expect(await reload()).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/achievements\.yaml:4: .*counts "quantty"/),
  });
});

test('content is not replaced where what goes together with it fails', async () => {
  const { folder, catalog } = await openGame();
  const before = catalog.current;
  rewrite(folder, 'starter', 'coal: 8', 'coal: 9');
  const full = new Error('the disk is full');
  const begin = () => {
    throw full;
  };
  await expect(catalog.reload({ ...NOTHING, begin })).rejects.toBe(full);
  expect(catalog.current).toBe(before);
  expect(await catalog.reload(NOTHING)).toEqual({ kind: 'taken', changes: ['starter changed: coal'] });
});

test('a craft under way keeps what it was promised, and so does one that waits; the next one is by the new rules', async () => {
  const bench = await openGame();
  const { folder, reload, clock, game, world } = bench;
  const active = order(bench, 'campfire');
  const waiting = order(bench, 'campfire');
  const has = (itemId: string) => game.inventory.list(world.reader, MIRA).get(itemId) ?? 0;
  expect(active).toMatchObject({ state: 'active', duration: 15 * SECOND });
  expect(waiting.state).toBe('waiting');

  rewrite(
    folder,
    'recipes',
    /^campfire: .*$/m,
    'campfire: { makes: campfire, yields: 7, takes: { stone: 1 }, time: 1h }',
  );
  expect(await reload()).toMatchObject({ kind: 'taken', changes: ['recipes changed: campfire'] });

  clock.advance(15 * SECOND);
  game.dueWork.settle(world, MIRA);
  const first = has('campfire');
  // One, or two where it is a masterwork.
  expect([1, 2]).toContain(first);
  expect(game.crafting.find(world.reader, waiting.id)).toMatchObject({
    state: 'active',
    duration: 15 * SECOND,
  });
  clock.advance(15 * SECOND);
  game.dueWork.settle(world, MIRA);
  expect([1, 2]).toContain(has('campfire') - first);

  expect(order(bench, 'campfire')).toMatchObject({
    duration: HOUR,
    promise: { inputs: [{ itemId: 'stone' }] },
  });
});

test('a craft under way is finished, and can be given up, when its recipe and its item are gone', async () => {
  const bench = await openGame();
  const { folder, reload, clock, game, act, world } = bench;
  order(bench, 'campfire');
  const waiting = order(bench, 'campfire');
  for (const part of ['items', 'recipes']) rewrite(folder, part, /^campfire: .*\n/m, '');
  rewrite(folder, 'places', 'supplies: { item: campfire', 'supplies: { item: coal');
  rewrite(folder, 'achievements', /^camp_keeper: .*\n/m, '');
  rewrite(folder, 'achievements', 'goal: 65', 'goal: 64');
  expect(await reload()).toMatchObject({ kind: 'taken' });
  act((tx) => game.crafting.cancelCraft(tx, MIRA, waiting.id, 0));
  clock.advance(15 * SECOND);
  game.dueWork.settle(world, MIRA);
  // What people have stays theirs, whatever the content says.
  expect(game.inventory.list(world.reader, MIRA).get('campfire')).toBeGreaterThanOrEqual(1);
});

test('a new achievement begins to count with the content that brings it', async () => {
  const { folder, reload, world } = await openGame();
  const counts = '{ event: itemSalvaged, distinct: itemId }';
  appendFileSync(
    join(folder, 'achievements.yaml'),
    `\nbreaker: { tier: bronze, emoji: "🔨", goal: 1, counts: ${counts} }\n`,
  );
  const names = () => listProjections(world.reader, 'achievement:breaker').map(({ name }) => name);
  expect(names()).toEqual([]);
  expect(await reload()).toMatchObject({ changes: ['achievements added: breaker'] });
  const [name = ''] = names();
  expect(findProjection(world.reader, name)).toBeDefined();
});
