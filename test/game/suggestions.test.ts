import { expect, test } from 'vitest';
import { frequencyOf, itemSources } from '../../src/game/browsing/item-sources.ts';
import { recipeBook } from '../../src/game/browsing/recipe-book.ts';
import { firstSteps } from '../../src/game/suggestions/first-steps.ts';
import { suggest } from '../../src/game/suggestions/suggestions.ts';
import { createGameBench, HOUR, MIRA, WORKSHOP } from '../support/game.ts';

const ACTOR = { ...MIRA, channelId: WORKSHOP, locale: 'en-US' };
const DAY = 24 * HOUR;

function createBench() {
  const bench = createGameBench();
  const { game, world, clock } = bench;
  const situation = () => ({ game, db: world.reader, holder: MIRA, now: clock.now() });
  return {
    ...bench,
    suggested: () => suggest(situation()),
    kinds: () => suggest(situation()).map(({ kind }) => kind),
    steps: () =>
      firstSteps(situation())
        .filter(({ done }) => !done)
        .map(({ kind }) => kind),
  };
}

test('a newcomer takes three first steps, each in their own time, and is not told of them again', () => {
  const { act, game, steps } = createBench();
  expect(steps()).toEqual(['gift', 'craft', 'trip']);
  act((tx) => game.gathering.setOut(tx, ACTOR, { placeId: 'whispering_woods', supplies: false }));
  expect(steps()).toEqual(['gift', 'craft']);
  act((tx) => game.daily.claim(tx, ACTOR));
  act((tx) => game.crafting.startCraft(tx, { ...ACTOR, recipeId: 'campfire', quantity: 1 }));
  expect(steps()).toEqual([]);
});

test('who has reached level 3 is no newcomer, whatever they have not tried', () => {
  const { act, game, steps } = createBench();
  act((tx) => game.progression.grantXp(tx, MIRA, 1_000, 'chat'));
  expect(steps()).toEqual([]);
});

test('the gift, a trip and the most valuable craft are suggested while they are there to be had', () => {
  const { act, game, clock, suggested, kinds } = createBench();
  expect(suggested()).toEqual([
    { kind: 'gift', count: 0 },
    { kind: 'setOut', placeId: expect.any(String) },
    { kind: 'craft', recipeId: 'star_compass' },
  ]);
  act((tx) => game.daily.claim(tx, ACTOR));
  act((tx) => game.gathering.setOut(tx, ACTOR, { placeId: 'whispering_woods', supplies: false }));
  act((tx) => game.crafting.startCraft(tx, { ...ACTOR, recipeId: 'iron_sword', quantity: 1 }));
  expect(kinds()).toEqual(['queue', 'browse']);
  act((tx) => game.crafting.startCraft(tx, { ...ACTOR, recipeId: 'campfire', quantity: 1 }));
  expect(kinds()).toEqual(['browse', 'compare']);
  clock.advance(DAY);
  expect(suggested()[0]).toEqual({ kind: 'gift', count: 1 });
  clock.advance(DAY);
  expect(suggested()[0]).toEqual({ kind: 'gift', count: 0 });
});

test('a level that is close is suggested, with how much it opens', () => {
  const { act, game, suggested } = createBench();
  act((tx) => game.progression.grantXp(tx, MIRA, 80, 'chat'));
  const { recipes, places } = game.catalog.current.unlocks(1, 2);
  expect(suggested()).toContainEqual({
    kind: 'level',
    level: 2,
    xp: 20,
    count: recipes.length + places.length,
  });
});

test('the recipe book has what can be made now first, and what is locked last', () => {
  const { game, world } = createBench();
  const means = { holdings: game.inventory.list(world.reader, MIRA), level: 1 };
  const all = { makeable: false, uses: undefined, category: undefined };
  const book = recipeBook(game.catalog.current, means, all);
  expect(book).toHaveLength(game.catalog.current.recipes.size);
  const ranks = book.map(({ times, levelReached }) => (times > 0 ? 0 : levelReached ? 1 : 2));
  expect(ranks).toEqual(ranks.toSorted());
  const makeable = recipeBook(game.catalog.current, means, { ...all, makeable: true });
  expect(makeable.map(({ recipe }) => recipe.id)).toEqual(
    book.filter(({ times }) => times > 0).map(({ recipe }) => recipe.id),
  );
  const ofBlades = recipeBook(game.catalog.current, means, { ...all, uses: 'iron_blade' });
  expect(ofBlades.every(({ recipe }) => 'iron_blade' in recipe.takes)).toBe(true);
});

test('every item comes from somewhere', () => {
  const { game } = createBench();
  const catalog = game.catalog.current;
  for (const itemId of catalog.items.keys()) {
    const { places, recipes, giftDays, chat, starter } = itemSources(catalog, itemId);
    const ways = places.length + recipes.length + giftDays.length + Number(chat) + starter;
    expect(ways, itemId).toBeGreaterThan(0);
  }
  expect([1, 0.99, 0.5, 0.2, 0.01].map(frequencyOf)).toEqual([
    'always',
    'often',
    'often',
    'sometimes',
    'rarely',
  ]);
});
