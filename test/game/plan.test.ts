import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Catalog, recipeInputs } from '../../src/game/content/catalog.ts';
import { contentSchema } from '../../src/game/content/schema.ts';
import { type CraftPlan, planCraft } from '../../src/game/crafting/plan.ts';
import type { Holdings } from '../../src/game/inventory/inventory.ts';
import { Refusal } from '../../src/game/refusal.ts';
import { createGameBench, type GameBench, HOUR, MIRA, WORKSHOP } from '../support/game.ts';

const { catalog } = createGameBench().game;

function plan(recipeId: string, quantity: number, holdings: Record<string, number>, level = 1): CraftPlan {
  const recipe = catalog.current.recipes.get(recipeId);
  if (!recipe) throw new Error(`There is no recipe "${recipeId}".`);
  return planCraft(catalog.current, { holdings: new Map(Object.entries(holdings)), level }, recipe, quantity);
}

const shown = ({ steps }: CraftPlan) =>
  steps.map(({ recipe, quantity, state }) => [recipe.id, quantity, state]);

const lacking = ({ materials }: CraftPlan) =>
  materials.map(({ itemId, needed, have }) => [itemId, needed, have]);

/** Content made up for a case that the real one doesn't have. */
function made(recipes: Record<string, object>): Catalog {
  const ids = Object.values(recipes).flatMap((recipe) => {
    const { makes, takes } = recipe as { makes: string; takes: object };
    return [makes, ...Object.keys(takes)];
  });
  const item = { category: 'raw', rarity: 'common', emoji: 'x' };
  return new Catalog(
    contentSchema.parse({
      items: Object.fromEntries(ids.map((id) => [id, item])),
      recipes: Object.fromEntries(
        Object.entries(recipes).map(([id, recipe]) => [id, { time: '5s', ...recipe }]),
      ),
      places: {},
      achievements: {},
      perks: {
        craftingSlots: { 1: 1 },
        queueLength: { 1: 1 },
        gatheringBonus: { 1: 0 },
        masterworkChance: { 1: 10 },
      },
      daily: [{ xp: 1 }],
      engagement: { chancePerPoint: 0, finds: {} },
      starter: {},
    }),
  );
}

function planIn(
  catalog: Catalog,
  recipeId: string,
  holdings: Record<string, number> = {},
  level = 1,
): CraftPlan {
  const recipe = catalog.recipes.get(recipeId);
  if (!recipe) throw new Error(`There is no recipe "${recipeId}".`);
  return planCraft(catalog, { holdings: new Map(Object.entries(holdings)), level }, recipe, 1);
}

describe('a plan', () => {
  test('has the components before what they are for, and says which can be made now', () => {
    const found = plan('iron_sword', 1, { iron_ore: 4, coal: 3, oak_log: 1, leather: 1 });
    expect(shown(found)).toEqual([
      ['iron_ingot', 2, 'now'],
      ['iron_blade', 1, 'later'],
      ['oak_plank', 1, 'now'],
      ['tool_handle', 1, 'later'],
      ['iron_sword', 1, 'later'],
    ]);
    expect(found.materials).toEqual([]);
  });

  test('says what has to be found and where, for the lowest level first', () => {
    const found = plan('iron_blade', 1, { iron_ore: 3 });
    expect(lacking(found)).toEqual([
      ['iron_ore', 4, 3],
      ['coal', 3, 0],
    ]);
    for (const { itemId, places, sources } of found.materials) {
      expect(places).toEqual(catalog.current.placesWith(itemId));
      expect(sources.includes('engagement')).toBe(itemId in catalog.current.engagement.finds);
      expect(sources.includes('daily')).toBe(catalog.current.daily.some(({ items }) => itemId in items));
    }
  });

  test('makes only what is missing, and uses what a craft leaves over', () => {
    // Two planks come from a log: of the two crafts, one plank is left over for nobody.
    expect(shown(plan('tool_handle', 4, { oak_plank: 1, oak_log: 9, leather: 9 }))).toEqual([
      ['oak_plank', 2, 'now'],
      ['tool_handle', 4, 'later'],
    ]);
    expect(shown(plan('tool_handle', 1, { oak_plank: 1, leather: 1 }))).toEqual([['tool_handle', 1, 'now']]);
  });

  test('does not count what one step takes for another one too', () => {
    const found = plan('iron_blade', 2, { iron_ingot: 2, iron_ore: 4, coal: 2 });
    expect(shown(found)).toEqual([
      ['iron_ingot', 2, 'now'],
      ['iron_blade', 2, 'later'],
    ]);
    expect(lacking(found)).toEqual([['coal', 4, 2]]);
  });

  test('makes anew what is wanted, however many of it are there', () => {
    expect(shown(plan('campfire', 2, { campfire: 9, oak_log: 4, stone: 6 }))).toEqual([
      ['campfire', 2, 'now'],
    ]);
  });

  test('shows what needs a higher level, and takes another recipe where only that one’s level is reached', () => {
    const recipes = {
      rope: { makes: 'rope', takes: { flax: 1 }, level: 5 },
      reed_rope: { makes: 'rope', takes: { reed: 2 }, level: 2 },
      net: { makes: 'net', takes: { rope: 3 } },
    };
    const steps = (level: number) => shown(planIn(made(recipes), 'net', { flax: 9, reed: 9 }, level));
    expect(steps(1)).toEqual([
      ['rope', 3, 'locked'],
      ['net', 1, 'later'],
    ]);
    expect(steps(2)[0]).toEqual(['reed_rope', 3, 'now']);
    expect(steps(5)[0]).toEqual(['rope', 3, 'now']);
  });

  test('ends where recipes go in a circle: what would need itself has to be found', () => {
    const circle = {
      ice: { makes: 'ice', takes: { water: 1 } },
      water: { makes: 'water', takes: { ice: 1 } },
      lemonade: { makes: 'lemonade', takes: { water: 2, ice: 1 } },
    };
    const found = planIn(made(circle), 'lemonade', { ice: 1 });
    expect(shown(found).map(([id]) => id)).toContain('lemonade');
    expect(new Set(shown(found).map(([id]) => id)).size).toBe(found.steps.length);
    expect(shown(planIn(made({ seed: { makes: 'seed', takes: { seed: 1 } } }), 'seed'))).toEqual([
      ['seed', 1, 'later'],
    ]);
  });
});

describe('any plan', () => {
  const recipes = [...catalog.current.recipes.values()];
  const items = [...catalog.current.items.keys()];
  const wish = fc.record({
    recipe: fc.constantFrom(...recipes),
    // Small ones too, for which something can be made now.
    quantity: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 25 })),
    level: fc.integer({ min: 1, max: 40 }),
    holdings: fc.dictionary(fc.constantFrom(...items), fc.integer({ min: 1, max: 60 }), { maxKeys: 40 }),
  });

  /** Takes the steps one after the other. @returns what is there afterwards */
  function carryOut({ steps }: CraftPlan, holdings: Holdings): Map<string, number> {
    const held = new Map(holdings);
    const change = (itemId: string, by: number) => {
      const quantity = (held.get(itemId) ?? 0) + by;
      if (quantity < 0) throw new Error(`There isn't enough ${itemId}.`);
      held.set(itemId, quantity);
    };
    for (const { recipe, quantity } of steps) {
      for (const input of recipeInputs(recipe)) change(input.itemId, -input.quantity * quantity);
      change(recipe.makes, recipe.yields * quantity);
    }
    return held;
  }

  test('can be carried out once the missing materials are found, and none of them is superfluous', () => {
    fc.assert(
      fc.property(wish, ({ recipe, quantity, level, holdings }) => {
        const before = new Map(Object.entries(holdings));
        const found = planCraft(catalog.current, { holdings: before, level }, recipe, quantity);
        const stocked = new Map(before);
        for (const { itemId, needed } of found.materials) stocked.set(itemId, needed);
        const after = carryOut(found, stocked);
        const wanted = (before.get(recipe.makes) ?? 0) + recipe.yields * quantity;
        expect(after.get(recipe.makes)).toBe(wanted);
        for (const { itemId } of found.materials) {
          const short = new Map(stocked).set(itemId, (stocked.get(itemId) ?? 0) - 1);
          expect(() => carryOut(found, short)).toThrow();
        }
        // Nothing is made in vain: one craft less of any step would not be enough.
        for (const step of found.steps.filter((each) => each.recipe !== recipe)) {
          expect(after.get(step.recipe.makes) ?? 0).toBeLessThan(
            step.recipe.yields + (before.get(step.recipe.makes) ?? 0),
          );
        }
      }),
    );
  });

  test('says rightly what can be made now: all of that together', () => {
    const share = fc.constantFrom(0.3, 0.5, 0.8, 1);
    fc.assert(
      fc.property(
        wish,
        fc.array(share, { minLength: 20, maxLength: 20 }),
        ({ recipe, quantity, level }, shares) => {
          const { materials } = planCraft(catalog.current, { holdings: new Map(), level }, recipe, quantity);
          // Of what is needed in all, a part of each is there: steps have to share it.
          const holdings = new Map(
            materials.map(({ itemId, needed }, index) => [itemId, Math.floor(needed * (shares[index] ?? 1))]),
          );
          const found = planCraft(catalog.current, { holdings, level }, recipe, quantity);
          const ready = found.steps.filter(({ state }) => state === 'now');
          for (const { recipe } of ready) expect(recipe.level).toBeLessThanOrEqual(level);
          // Backwards, so that no step can live on what one before it makes.
          carryOut({ ...found, steps: ready.toReversed() }, holdings);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the steps that can be made now', () => {
  const MIRA_AT_WORK = { ...MIRA, channelId: WORKSHOP, locale: 'en-US' };

  function offer(bench: GameBench, recipeId: string, quantity: number) {
    const found = bench.game.planning.planCraft(bench.world.reader, MIRA, recipeId, quantity);
    return bench.act((tx) => bench.game.planning.offerSteps(tx, MIRA, found));
  }

  const take = (bench: GameBench, proposalId: string, actor = MIRA_AT_WORK) =>
    bench.act((tx) => bench.game.planning.takeStep(tx, actor, proposalId));

  function codeOf(action: () => unknown): string {
    try {
      action();
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    throw new Error('It was not refused.');
  }

  test('are ordered exactly as they were offered, once, by nobody else', () => {
    const bench = createGameBench();
    const [ingots, handle] = offer(bench, 'iron_sword', 2);
    expect([ingots, handle]).toMatchObject([
      { recipeId: 'iron_ingot', quantity: 2 },
      { recipeId: 'tool_handle', quantity: 1 },
    ]);
    const id = ingots?.proposalId ?? '';
    expect(codeOf(() => take(bench, id, { ...MIRA_AT_WORK, userId: '1' }))).toBe('notYourProposal');
    expect(take(bench, id)).toMatchObject({ recipeId: 'iron_ingot', quantity: 2, state: 'active' });
    expect(codeOf(() => take(bench, id))).toBe('proposalIsOver');
    expect(bench.published('craftStarted')).toHaveLength(1);
  });

  test('lead to what was wanted when they are taken again and again', () => {
    const bench = createGameBench();
    const order = () =>
      bench.act((tx) =>
        bench.game.crafting.startCraft(tx, { ...MIRA_AT_WORK, recipeId: 'iron_sword', quantity: 2 }),
      );
    for (let rounds = 0; rounds < 4; rounds++) {
      for (const { recipeId, proposalId } of offer(bench, 'iron_sword', 2)) {
        if (recipeId !== 'iron_sword') take(bench, proposalId);
      }
      bench.clock.advance(HOUR);
      bench.game.dueWork.settle(bench.world, MIRA);
    }
    expect(order().state).toBe('active');
  });

  test('that cannot be made any more are refused, and can be taken when they can', () => {
    const bench = createGameBench();
    const [ingots] = offer(bench, 'iron_blade', 2);
    const used = bench.act((tx) =>
      bench.game.crafting.startCraft(tx, { ...MIRA_AT_WORK, recipeId: 'iron_ingot', quantity: 5 }),
    );
    expect(codeOf(() => take(bench, ingots?.proposalId ?? ''))).toBe('missingMaterials');
    bench.act((tx) => bench.game.crafting.cancelCraft(tx, MIRA, used.id, 0));
    expect(take(bench, ingots?.proposalId ?? '').recipeId).toBe('iron_ingot');
  });
});
