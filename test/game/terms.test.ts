import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recipeInputs } from '../../src/game/content/catalog.ts';
import type { TimedFactor } from '../../src/game/settings/types/factor.ts';
import { factorAt, isBoosted } from '../../src/game/settings/types/factor.ts';
import { craftingSpeed, xpFactor } from '../../src/game/terms/settings.ts';
import { TermsInForce } from '../../src/game/terms/terms.ts';
import { createGameBench, type GameBench, HOUR, MIRA, WORKSHOP } from '../support/game.ts';
import { ring } from '../support/world.ts';

const ACTOR = { ...MIRA, channelId: WORKSHOP, locale: 'en-US' };
const USUAL: TimedFactor = { base: 1, boost: null };

const set = (bench: GameBench, definition: typeof xpFactor, value: TimedFactor) =>
  bench.act((tx) => bench.game.settings.set(tx, MIRA.guildId, '1', definition, value));

/** Orders campfires, with everything that it takes. */
const order = (bench: GameBench, quantity = 1) =>
  bench.act((tx) => {
    const { players, inventory, crafting, catalog } = bench.game;
    players.ensure(tx, ACTOR);
    const recipe = catalog.current.recipes.get('campfire');
    const inputs = recipe ? recipeInputs(recipe) : [];
    const items = inputs.map((each) => ({ ...each, quantity: each.quantity * quantity }));
    inventory.give(tx, ACTOR, items, ring(tx));
    return crafting.startCraft(tx, { ...ACTOR, recipeId: 'campfire', quantity });
  });

describe('the terms of a server', () => {
  test('make crafts faster and worth more, which each keeps that was ordered on them', () => {
    const bench = createGameBench();
    const usual = order(bench, 2);
    set(bench, craftingSpeed, { base: 4, boost: null });
    set(bench, xpFactor, { base: 1.5, boost: null });
    const better = order(bench, 2);
    set(bench, craftingSpeed, USUAL);
    set(bench, xpFactor, USUAL);
    expect(better.duration).toBe(usual.duration / 4);
    expect(better.promise.xp).toBe(usual.promise.xp * 1.5);
    bench.clock.advance(usual.duration + better.duration);
    bench.game.dueWork.settle(bench.world, MIRA);
    expect(bench.published('itemCrafted').map(({ data }) => data)).toMatchObject([
      { craftId: usual.id, xp: usual.promise.xp },
      { craftId: better.id, xp: better.promise.xp },
    ]);
  });

  test('make trips shorter, and worth more', () => {
    const bench = createGameBench();
    const { gathering, catalog } = bench.game;
    const [place] = catalog.current.places.values();
    set(bench, craftingSpeed, { base: 2, boost: null });
    set(bench, xpFactor, { base: 3, boost: null });
    const placeId = place?.id ?? '';
    const trip = bench.act((tx) => gathering.setOut(tx, ACTOR, { placeId, supplies: false }));
    expect([trip.returnsAt - trip.startedAt, trip.promise.xp]).toEqual([
      Math.ceil((place?.time ?? 0) / 2),
      (place?.xp ?? 0) * 3,
    ]);
    const [choice] = gathering.choices(bench.world.reader, MIRA, bench.clock.now());
    expect(choice?.duration).toBe(trip.returnsAt - trip.startedAt);
  });

  test('count for the gift of the day when it is taken', () => {
    const bench = createGameBench();
    const claim = (userId: string) => bench.act((tx) => bench.game.daily.claim(tx, { ...ACTOR, userId }));
    const usual = claim('1');
    set(bench, xpFactor, { base: 2, boost: null });
    const doubled = claim('2');
    expect([doubled.xp, doubled.tomorrow.xp]).toEqual([usual.xp * 2, usual.tomorrow.xp * 2]);
    expect(bench.published('dailyClaimed').at(-1)?.data).toMatchObject({ xp: usual.xp * 2 });
  });

  test('that are boosted are as before when the time is over, without anybody doing anything', () => {
    const bench = createGameBench();
    const until = bench.clock.now() + HOUR;
    set(bench, xpFactor, { base: 1.5, boost: { factor: 3, until } });
    bench.clock.advance(HOUR - 1);
    expect(order(bench, 2).promise.xp).toBe(60);
    bench.clock.advance(1);
    expect(order(bench, 2).promise.xp).toBe(30);
  });

  test('are those of one server, and reckoned on top of the speed of the operator', () => {
    const bench = createGameBench();
    const { terms } = bench.game;
    set(bench, craftingSpeed, { base: 0.5, boost: null });
    const speedIn = (guildId: string) => terms.at(bench.world.reader, guildId, bench.clock.now()).speed;
    expect([speedIn(MIRA.guildId), speedIn('elsewhere')]).toEqual([0.5, 1]);
  });
});

describe('whatever the factor', () => {
  const factor = fc.double({ min: 0.25, max: 10, noNaN: true });

  test('XP is whole, near to what it should be, never nothing, and never more for less', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), factor, (one, more, xpFactor) => {
        const terms = new TermsInForce({ speed: 1, xpFactor });
        const xp = terms.xp(one);
        expect(Number.isSafeInteger(xp)).toBe(true);
        expect(xp === 0).toBe(one === 0);
        expect(Math.abs(xp - one * xpFactor)).toBeLessThanOrEqual(one * xpFactor < 1 ? 1 : 0.5);
        expect(terms.xp(one + more)).toBeGreaterThanOrEqual(xp);
      }),
    );
  });

  test('a boost counts up to its end, and the base from then on', () => {
    fc.assert(
      fc.property(factor, factor, fc.nat(), fc.nat(), (base, boosted, until, moment) => {
        const value = { base, boost: { factor: boosted, until } };
        expect(factorAt(value, moment)).toBe(moment < until ? boosted : base);
        expect(isBoosted(value, moment)).toBe(moment < until);
      }),
    );
  });
});
