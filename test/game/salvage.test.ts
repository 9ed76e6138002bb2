import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Composition,
  type Returns,
  rangeOfReturns,
  rollReturns,
} from '../../src/game/salvage/returns.ts';
import { changeBalance, type Holder, itemAsset, verifyLedger } from '../../src/world/ledger.ts';
import { seededRandom } from '../../src/world/random.ts';
import { everyOutcome, expectedValue } from '../support/chance.ts';
import { createGameBench, type GameBench, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { refusalOf } from '../support/refusal.ts';
import { only } from '../support/world.ts';

const actor = (holder: Holder = MIRA) => ({ ...holder, channelId: WORKSHOP, locale: 'en-US' });

function propose(bench: GameBench, itemId: string, quantity = 1, holder = MIRA) {
  return bench.act((tx) => bench.game.salvage.propose(tx, actor(holder), itemId, quantity));
}

function accept(bench: GameBench, proposalId: string, holder = MIRA) {
  return bench.act((tx) => bench.game.salvage.accept(tx, actor(holder), proposalId));
}

/** Changes what somebody has, as anything that happens in the game would. */
function change(bench: GameBench, itemId: string, by: number) {
  bench.act((tx) => {
    bench.game.players.ensure(tx, MIRA);
    changeBalance(tx, MIRA, itemAsset(itemId), by, only(bench.published('playerJoined')));
  });
}

const has = (bench: GameBench, itemId: string) =>
  bench.game.inventory.list(bench.world.reader, MIRA).get(itemId) ?? 0;

const PLANK: Composition = { takes: [{ itemId: 'oak_log', quantity: 1 }], yields: 2 };
const CAMPFIRE: Composition = {
  takes: [
    { itemId: 'oak_log', quantity: 2 },
    { itemId: 'stone', quantity: 3 },
  ],
  yields: 1,
};

function expectWithinBounds(made: Composition, quantity: number, { perfect, items }: Returns): void {
  expect(perfect).toBeLessThanOrEqual(quantity);
  const ranges = rangeOfReturns(made, quantity);
  for (const { itemId, quantity: taken } of made.takes) {
    const back = items.find((each) => each.itemId === itemId)?.quantity ?? 0;
    expect(back).toBeLessThanOrEqual(Math.ceil((0.75 * taken * quantity) / made.yields));
    const range = ranges.find((each) => each.itemId === itemId);
    expect(back).toBeGreaterThanOrEqual(range?.least ?? Number.NaN);
    expect(back).toBeLessThanOrEqual(range?.most ?? Number.NaN);
  }
}

describe('what comes back', () => {
  test.each([
    ['one plank', PLANK, 1],
    ['three planks', PLANK, 3],
    ['one campfire', CAMPFIRE, 1],
    ['four campfires', CAMPFIRE, 4],
  ])('is on average 52.5 percent of the materials: %s', (_what, composition, quantity) => {
    const outcomes = everyOutcome((random) => rollReturns(composition, quantity, random));
    expect(expectedValue(outcomes, () => 1)).toBeCloseTo(1, 12);
    expect(expectedValue(outcomes, ({ perfect }) => perfect)).toBeCloseTo(quantity * 0.1, 12);
    for (const taken of composition.takes) {
      const average = expectedValue(
        outcomes,
        ({ items }) => items.find(({ itemId }) => itemId === taken.itemId)?.quantity ?? 0,
      );
      expect(average).toBeCloseTo((0.525 * taken.quantity * quantity) / composition.yields, 12);
    }
  });

  test('is never more than three quarters rounded up, and within the range that is shown', () => {
    const composition = fc.record({
      takes: fc.uniqueArray(
        fc.record({
          itemId: fc.constantFrom('oak_log', 'stone', 'coal'),
          quantity: fc.integer({ min: 1, max: 50 }),
        }),
        { selector: ({ itemId }) => itemId, minLength: 1 },
      ),
      yields: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(composition, fc.integer({ min: 1, max: 3 }), (made, quantity) => {
        for (const { outcome } of everyOutcome((random) => rollReturns(made, quantity, random))) {
          expectWithinBounds(made, quantity, outcome);
        }
      }),
    );
    fc.assert(
      fc.property(composition, fc.integer({ min: 1, max: 200 }), fc.string(), (made, quantity, seed) => {
        expectWithinBounds(made, quantity, rollReturns(made, quantity, seededRandom(seed)));
      }),
    );
  });
});

describe('taking something apart', () => {
  test('asks first and changes nothing by that; then takes the items and returns materials, once', () => {
    const bench = createGameBench();
    change(bench, 'iron_sword', 3);
    const swords = { itemId: 'iron_sword', quantity: 2 };
    const { proposalId, ranges } = propose(bench, 'iron_sword', 2);
    expect(ranges).toEqual([
      { itemId: 'iron_blade', least: 1, most: 2 },
      { itemId: 'tool_handle', least: 1, most: 2 },
    ]);
    expect(bench.published('itemSalvaged')).toEqual([]);
    expect(has(bench, 'iron_sword')).toBe(3);

    const before = bench.game.inventory.list(bench.world.reader, MIRA);
    const { perfect, items } = accept(bench, proposalId);
    expect(bench.published('itemSalvaged')).toMatchObject([
      { ...MIRA, data: { ...swords, perfect, returned: items } },
    ]);
    expect(has(bench, 'iron_sword')).toBe(1);
    for (const { itemId, quantity } of items)
      expect(has(bench, itemId) - (before.get(itemId) ?? 0)).toBe(quantity);
    for (let press = 0; press < 20; press++)
      expect(refusalOf(() => accept(bench, proposalId)).code).toBe('proposalIsOver');
    expect(has(bench, 'iron_sword')).toBe(1);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('goes by the usual recipe where there are several', () => {
    const bench = createGameBench();
    const several = [...bench.game.catalog.current.items.keys()].find(
      (itemId) => bench.game.catalog.current.recipesMaking(itemId).length > 1,
    );
    if (!several) throw new Error('There is no such item in the content.');
    const [usual] = bench.game.catalog.current.recipesMaking(several);
    expect(bench.game.salvage.composition(several)).toEqual({
      takes: Object.entries(usual?.takes ?? {}).map(([itemId, quantity]) => ({ itemId, quantity })),
      yields: usual?.yields,
    });
  });

  test('is refused for what is not there, what nobody makes, and more than one has', () => {
    const bench = createGameBench();
    expect(refusalOf(() => propose(bench, 'anvil'))).toEqual({
      code: 'unknownItem',
      facts: { asked: 'anvil' },
    });
    expect(refusalOf(() => propose(bench, 'oak_log'))).toEqual({
      code: 'notSalvageable',
      facts: { itemId: 'oak_log' },
    });
    for (const quantity of [3, 0, -1, 1.5]) {
      expect(refusalOf(() => propose(bench, 'oak_plank', quantity))).toEqual({
        code: 'notThatMany',
        facts: { itemId: 'oak_plank', count: 2 },
      });
    }
    expect(refusalOf(() => propose(bench, 'iron_sword')).facts).toEqual({ itemId: 'iron_sword', count: 0 });
    expect(bench.published()).toEqual([]);
  });

  test('is refused to anybody else, after a no, and when there are fewer by then', () => {
    const bench = createGameBench();
    const first = propose(bench, 'oak_plank', 2).proposalId;
    expect(refusalOf(() => accept(bench, first, TOBIN)).code).toBe('notYourProposal');
    expect(refusalOf(() => accept(bench, 'made-up')).code).toBe('unknownProposal');
    change(bench, 'oak_plank', -1);
    expect(refusalOf(() => accept(bench, first))).toEqual({
      code: 'notThatMany',
      facts: { itemId: 'oak_plank', count: 1 },
    });
    bench.act((tx) => bench.game.salvage.decline(tx, MIRA, first));
    expect(refusalOf(() => accept(bench, first)).facts).toEqual({ context: 'declined' });
    expect(has(bench, 'oak_plank')).toBe(1);
    expect(bench.published('itemSalvaged')).toEqual([]);
    expect(bench.game.players.has(bench.world.reader, TOBIN)).toBe(false);
  });

  test('is offered for what one has and what can be taken apart', () => {
    const bench = createGameBench();
    change(bench, 'campfire', 4);
    const choices = bench.game.salvage.choices(bench.world.reader, MIRA);
    expect(new Map(choices.map(({ itemId, quantity }) => [itemId, quantity]))).toEqual(
      new Map([
        ['oak_plank', 2],
        ['iron_blade', 1],
        ['tool_handle', 1],
        ['campfire', 4],
      ]),
    );
  });
});
