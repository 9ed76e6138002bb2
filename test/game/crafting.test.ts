import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LARGEST_QUANTITY, totalOf } from '../../src/game/crafting/crafting.ts';
import { rollMasterworks } from '../../src/game/crafting/masterworks.ts';
import { refundOf } from '../../src/game/crafting/refund.ts';
import { Refusal } from '../../src/game/refusal.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import {
  createGameBench,
  type GameBench,
  HOUR,
  MINUTE,
  MIRA,
  SECOND,
  TOBIN,
  WORKSHOP,
} from '../support/game.ts';

function craft(bench: GameBench, recipeId: string, quantity = 1, holder = MIRA) {
  return bench.act((tx) =>
    bench.game.crafting.startCraft(tx, { ...holder, channelId: WORKSHOP, recipeId, quantity }),
  );
}

function complete(bench: GameBench, craftId: string) {
  return bench.act((tx) => bench.game.crafting.completeCraft(tx, craftId));
}

function refusalOf(action: () => unknown): Refusal {
  try {
    action();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

const has = (bench: GameBench, itemId: string, holder = MIRA) =>
  bench.game.inventory.list(bench.world.reader, holder).get(itemId) ?? 0;

describe('starting a craft', () => {
  test('takes the materials, says so in an event, and asks for its completion', () => {
    const bench = createGameBench();
    const started = craft(bench, 'campfire', 2);

    expect(bench.published().map(({ name }) => name)).toEqual(['playerJoined', 'craftStarted']);
    expect(bench.published('craftStarted')).toMatchObject([
      {
        ...MIRA,
        occurredAt: bench.clock.now(),
        data: {
          craftId: started.id,
          recipeId: 'campfire',
          quantity: 2,
          completesAt: bench.clock.now() + 30 * SECOND,
          inputs: [
            { itemId: 'oak_log', quantity: 4 },
            { itemId: 'stone', quantity: 6 },
          ],
          fromQueue: false,
        },
      },
    ]);
    expect(has(bench, 'oak_log')).toBe(16);
    expect(has(bench, 'stone')).toBe(9);
    expect(bench.world.outbox.find(`completeCrafting:${started.id}`)).toMatchObject({
      payload: { craftId: started.id },
      runAt: started.completesAt,
    });
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test.each([
    ['a recipe that is not there', 'philosophers_stone', 1, 'unknownRecipe'],
    ['no quantity', 'campfire', 0, 'quantityOutOfRange'],
    ['a negative quantity', 'campfire', -3, 'quantityOutOfRange'],
    ['half a quantity', 'campfire', 1.5, 'quantityOutOfRange'],
    ['more than can be ordered', 'campfire', LARGEST_QUANTITY + 1, 'quantityOutOfRange'],
    ['a level that is not reached', 'moonsteel_crown', 1, 'levelTooLow'],
    ['too few materials', 'campfire', 20, 'missingMaterials'],
  ])('is refused for %s, and nothing changes', (_what, recipeId, quantity, code) => {
    const bench = createGameBench();
    craft(bench, 'oak_plank');
    const before = [bench.published().length, has(bench, 'oak_log'), bench.world.outbox.count()];

    expect(refusalOf(() => craft(bench, recipeId, quantity)).code).toBe(code);
    expect([bench.published().length, has(bench, 'oak_log'), bench.world.outbox.count()]).toEqual(before);
  });

  test('says what is missing and how many', () => {
    const bench = createGameBench();
    expect(refusalOf(() => craft(bench, 'campfire', 8)).facts).toEqual({
      recipeId: 'campfire',
      count: 8,
      missing: [{ itemId: 'stone', needed: 24, have: 15 }],
    });
  });
});

describe('completing a craft', () => {
  test('hands the item over once, dated at its due time however late it is', () => {
    const bench = createGameBench();
    const { id, completesAt } = craft(bench, 'star_compass');
    bench.clock.advance(5 * HOUR);
    complete(bench, id);
    complete(bench, id);

    const [crafted, ...more] = bench.published('itemCrafted');
    expect(more).toEqual([]);
    expect(crafted).toMatchObject({
      occurredAt: completesAt,
      data: { craftId: id, itemId: 'star_compass', rarity: 'rare', crafted: 1, xp: 50, channelId: WORKSHOP },
    });
    expect([1, 2]).toContain(has(bench, 'star_compass'));
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('that comes too early does nothing, and is asked for again', () => {
    const bench = createGameBench();
    const { id, completesAt } = craft(bench, 'star_compass');
    const key = `completeCrafting:${id}`;
    bench.world.outbox.settle(bench.world.outbox.find(key)?.revision ?? 0);
    bench.clock.advance(30 * SECOND);
    complete(bench, id);
    expect(bench.published('itemCrafted')).toEqual([]);
    bench.act((tx) => bench.game.crafting.awaitCompletion(tx, id));
    expect(bench.world.outbox.find(key)?.runAt).toBe(completesAt);
  });

  test('yields double for a masterwork, about one time in ten', () => {
    const bench = createGameBench();
    let crafted = 0;
    for (let player = 0; player < 200; player++) {
      const holder = { guildId: MIRA.guildId, userId: `${200000000000000000n + BigInt(player)}` };
      const { id } = craft(bench, 'campfire', 5, holder);
      bench.clock.advance(2 * MINUTE);
      complete(bench, id);
      crafted += has(bench, 'campfire', holder);
    }
    const masterworks = crafted - 1_000;
    // 1,000 rolls at 10 %: five standard deviations (of 9.5 each) around 100.
    expect(masterworks).toBeGreaterThan(52);
    expect(masterworks).toBeLessThan(148);
  });

  test('yields double as likely as it was promised when it was ordered; one time in ten where nothing was', () => {
    const bench = createGameBench();
    const { promise, ...ordered } = craft(bench, 'campfire', 5);
    expect(promise.masterworkChance).toBe(bench.game.catalog.current.perk('masterworkChance', 1));
    const rolled = (masterworkChance?: number) => {
      const chance = masterworkChance === undefined ? {} : { masterworkChance };
      const { masterworkChance: _, ...rest } = promise;
      return rollMasterworks({ ...ordered, quantity: 1_000, promise: { ...rest, ...chance } });
    };
    expect([rolled(0), rolled(100), rolled()]).toEqual([0, 1_000, rolled(10)]);
    expect(rolled(40)).toBeGreaterThan(rolled(10));
  });
});

describe('cancelling a craft', () => {
  test('returns the share of the materials that the time left is worth, once', () => {
    const bench = createGameBench();
    const { id } = craft(bench, 'campfire', 4);
    bench.clock.advance(15 * SECOND);
    const { refund } = bench.act((tx) => bench.game.crafting.cancelCraft(tx, MIRA, id, 0));
    expect(refund).toEqual([
      { itemId: 'oak_log', quantity: 6 },
      { itemId: 'stone', quantity: 9 },
    ]);
    expect(has(bench, 'oak_log')).toBe(18);
    expect(
      refusalOf(() => bench.act((tx) => bench.game.crafting.cancelCraft(tx, MIRA, id, 0))),
    ).toMatchObject({
      code: 'craftIsOver',
      facts: { context: 'cancelled' },
    });
    expect(has(bench, 'oak_log')).toBe(18);
    bench.clock.advance(HOUR);
    complete(bench, id);
    expect(has(bench, 'campfire')).toBe(0);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('is refused to anybody else, in another server, for a made-up id, and when it is due', () => {
    const bench = createGameBench();
    const { id } = craft(bench, 'campfire');
    const cancel = (holder: typeof MIRA, craftId: string) =>
      refusalOf(() => bench.act((tx) => bench.game.crafting.cancelCraft(tx, holder, craftId, 0))).code;
    expect(cancel(TOBIN, id)).toBe('notYourCraft');
    expect(cancel({ ...MIRA, guildId: '900000000000000002' }, id)).toBe('unknownCraft');
    expect(cancel(MIRA, 'made-up')).toBe('unknownCraft');
    bench.clock.advance(15 * SECOND);
    expect(cancel(MIRA, id)).toBe('craftIsOver');
  });

  test('never pays less than what was agreed to', () => {
    const bench = createGameBench();
    const { id } = craft(bench, 'campfire', 4);
    const { refund } = bench.game.crafting.previewCancel(bench.world.reader, MIRA, id, bench.clock.now());
    bench.clock.advance(30 * SECOND);
    const cancel = () => bench.act((tx) => bench.game.crafting.cancelCraft(tx, MIRA, id, totalOf(refund)));
    expect(refusalOf(cancel).code).toBe('refundChanged');
    expect(has(bench, 'oak_log')).toBe(12);
  });

  test('returns no more than was taken, and less and less as time goes by', () => {
    const amount = fc.record({
      itemId: fc.constantFrom('oak_log', 'stone'),
      quantity: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(amount, { selector: ({ itemId }) => itemId, minLength: 1 }),
        fc.integer({ min: 1, max: 10 * HOUR }),
        fc.array(fc.integer({ min: -HOUR, max: 12 * HOUR }), { minLength: 2, maxLength: 5 }),
        (inputs, duration, moments) => {
          const promise = {
            inputs,
            output: { itemId: 'campfire', rarity: 'common' as const, yields: 1 },
            xp: 10,
          };
          const refunds = moments
            .sort((one, other) => one - other)
            .map((now) => totalOf(refundOf({ startedAt: 0, completesAt: duration, promise }, now)));
          expect(refunds).toEqual([...refunds].sort((one, other) => other - one));
          expect(Math.max(...refunds)).toBeLessThanOrEqual(totalOf(inputs));
          expect(Math.min(...refunds)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

test('any history of crafts by many players creates nothing from nothing and keeps the ledger true', () => {
  const holders = [MIRA, TOBIN, { guildId: '900000000000000002', userId: MIRA.userId }];
  const step = fc.record({
    who: fc.integer({ min: 0, max: holders.length - 1 }),
    what: fc.constantFrom('craft', 'cancel', 'complete', 'wait'),
    recipe: fc.constantFrom(
      'oak_plank',
      'iron_ingot',
      'campfire',
      'tool_handle',
      'iron_blade',
      'star_compass',
    ),
    quantity: fc.integer({ min: 1, max: 6 }),
    wait: fc.integer({ min: 0, max: 10 * MINUTE }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const bench = createGameBench();
      const started: { id: string; who: number }[] = [];
      for (const { who, what, recipe, quantity, wait } of steps) {
        const holder = holders[who] ?? MIRA;
        const known = started.at(-1);
        try {
          if (what === 'craft') started.push({ id: craft(bench, recipe, quantity, holder).id, who });
          else if (what === 'wait') bench.clock.advance(wait);
          else if (known && what === 'complete') complete(bench, known.id);
          else if (known) bench.act((tx) => bench.game.crafting.cancelCraft(tx, holder, known.id, 0));
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
        expect(verifyLedger(bench.world.reader)).toEqual([]);
      }
      for (const event of bench.published('itemCrafted')) {
        const data = event.data as {
          craftId: string;
          crafted: number;
          masterworks: number;
          recipeId: string;
          quantity: number;
        };
        const yields = bench.game.catalog.current.recipes.get(data.recipeId)?.yields ?? 0;
        expect(data.quantity).toBe((data.crafted + data.masterworks) * yields);
        expect(data.masterworks).toBeLessThanOrEqual(data.crafted);
      }
      bench.world.close();
    }),
    { numRuns: 60 },
  );
});
