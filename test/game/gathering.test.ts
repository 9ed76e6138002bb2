import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rollFinds } from '../../src/game/gathering/finds.ts';
import { trips } from '../../src/game/gathering/trips.table.ts';
import { roundByChance } from '../../src/game/round-by-chance.ts';
import { changeBalance, type Holder, itemAsset, verifyLedger } from '../../src/world/ledger.ts';
import { seededRandom } from '../../src/world/random.ts';
import { everyOutcome, expectedValue } from '../support/chance.ts';
import { createGameBench, type GameBench, HOUR, MINUTE, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { refusalOf } from '../support/refusal.ts';
import { only } from '../support/world.ts';

const WOODS = 'whispering_woods';
const EMPTY = { finds: [], bonus: 0, supplies: [], xp: 0 };

const actor = (holder: Holder = MIRA) => ({ ...holder, channelId: WORKSHOP, locale: 'en-US' });

function setOut(bench: GameBench, placeId = WOODS, supplies = false, holder = MIRA) {
  return bench.act((tx) => bench.game.gathering.setOut(tx, actor(holder), { placeId, supplies }));
}

function repeat(bench: GameBench, tripId: string, holder = MIRA) {
  return bench.act((tx) => bench.game.gathering.repeat(tx, actor(holder), tripId));
}

function turnBack(bench: GameBench, tripId: string, holder = MIRA) {
  return bench.act((tx) => bench.game.gathering.turnBack(tx, holder, tripId));
}

/** Gives somebody what they need, as anything that happens in the game would. */
function endow(bench: GameBench, asset: 'xp' | `item:${string}`, amount: number, holder = MIRA) {
  bench.act((tx) => {
    bench.game.players.ensure(tx, holder);
    const event = only(bench.published('playerJoined').filter(({ userId }) => userId === holder.userId));
    changeBalance(tx, holder, asset, amount, event);
  });
}

const has = (bench: GameBench, itemId: string, holder = MIRA) =>
  bench.game.inventory.list(bench.world.reader, holder).get(itemId) ?? 0;

const tripOf = (bench: GameBench, id: string) => bench.game.gathering.find(bench.world.reader, id);

/** A place that takes supplies and that a player of level 1 can reach. */
function placeWithSupplies(bench: GameBench) {
  const place = [...bench.game.catalog.current.places.values()].find(
    ({ supplies, level }) => supplies && level === 1,
  );
  if (!place?.supplies) throw new Error('There is no such place in the content.');
  return { ...place, supplies: place.supplies };
}

function distantPlace(bench: GameBench) {
  const place = [...bench.game.catalog.current.places.values()].find(({ level }) => level > 1);
  if (!place) throw new Error('There is no such place in the content.');
  return place;
}

describe('setting out', () => {
  test('says so in an event, keeps what the place promises, and asks for the return', () => {
    const bench = createGameBench();
    const trip = setOut(bench);
    const place = bench.game.catalog.current.places.get(WOODS);

    expect(bench.published().map(({ name }) => name)).toEqual(['playerJoined', 'gatheringStarted']);
    expect(bench.published('gatheringStarted')).toMatchObject([
      { ...MIRA, data: { tripId: trip.id, placeId: WOODS, returnsAt: trip.returnsAt, supplies: [] } },
    ]);
    expect(trip.returnsAt).toBe(bench.clock.now() + (place?.time ?? 0));
    expect(trip.promise).toEqual({
      finds: Object.entries(place?.finds ?? {}).map(([itemId, find]) => ({ itemId, ...find })),
      bonus: 0,
      supplies: [],
      xp: place?.xp,
    });
    expect(bench.world.outbox.find(`finishGathering:${trip.id}`)).toMatchObject({
      payload: { tripId: trip.id },
      runAt: trip.returnsAt,
    });
    expect(bench.game.gathering.underWay(bench.world.reader, MIRA)).toEqual(trip);
  });

  test('with supplies takes one of them, and more is found', () => {
    const bench = createGameBench();
    const { id, supplies } = placeWithSupplies(bench);
    endow(bench, itemAsset(supplies.item), 2);
    const trip = setOut(bench, id, true);
    const taken = [{ itemId: supplies.item, quantity: 1 }];
    expect(trip.promise).toMatchObject({ supplies: taken, bonus: supplies.bonus });
    expect(bench.published('gatheringStarted')).toMatchObject([{ data: { supplies: taken } }]);
    expect(has(bench, supplies.item)).toBe(1);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('adds what the level brings to what the supplies bring', () => {
    const bench = createGameBench();
    const { id, supplies } = placeWithSupplies(bench);
    endow(bench, itemAsset(supplies.item), 1);
    endow(bench, 'xp', 1_000_000);
    const { level } = bench.game.progression.progress(bench.world.reader, MIRA);
    const fromLevel = bench.game.catalog.current.perk('gatheringBonus', level) / 100;
    expect(fromLevel).toBeGreaterThan(0);
    expect(setOut(bench, id, true).promise.bonus).toBe(fromLevel + supplies.bonus);
  });

  test('is refused where it cannot be, and nothing changes', () => {
    const bench = createGameBench();
    const { id: quarry, supplies } = placeWithSupplies(bench);
    const { id: distant, level } = distantPlace(bench);
    const before = bench.world.outbox.count();

    expect(refusalOf(() => setOut(bench, 'atlantis'))).toEqual({
      code: 'unknownPlace',
      facts: { asked: 'atlantis' },
    });
    expect(refusalOf(() => setOut(bench, distant))).toEqual({
      code: 'placeTooFar',
      facts: { placeId: distant, needed: level, level: 1 },
    });
    expect(refusalOf(() => setOut(bench, WOODS, true))).toEqual({
      code: 'placeTakesNoSupplies',
      facts: { placeId: WOODS },
    });
    expect(refusalOf(() => setOut(bench, quarry, true))).toEqual({
      code: 'noSupplies',
      facts: { placeId: quarry, itemId: supplies.item },
    });
    expect([bench.published(), bench.world.outbox.count()]).toEqual([[], before]);
  });

  test('is refused to whoever is out, and to nobody else', () => {
    const bench = createGameBench();
    const { returnsAt } = setOut(bench);
    expect(refusalOf(() => setOut(bench))).toEqual({
      code: 'alreadyOut',
      facts: { placeId: WOODS, returnsAt },
    });
    setOut(bench, WOODS, false, TOBIN);
    setOut(bench, WOODS, false, { ...MIRA, guildId: '900000000000000002' });
    expect(bench.published('gatheringStarted')).toHaveLength(3);
  });
});

describe('coming back', () => {
  test('hands over what was found, once, dated when it was due however late that is noticed', () => {
    const bench = createGameBench();
    const { id, returnsAt, promise } = setOut(bench);
    const before = has(bench, 'oak_log');
    bench.clock.advance(5 * HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    bench.game.dueWork.settle(bench.world, MIRA);
    bench.act((tx) => bench.game.gathering.finishTrip(tx, id));

    const gathered = only(bench.published('itemsGathered'));
    const trip = tripOf(bench, id);
    expect(trip).toMatchObject({ state: 'completed', endedAt: returnsAt });
    expect(gathered).toMatchObject({
      ...MIRA,
      occurredAt: returnsAt,
      data: { tripId: id, placeId: WOODS, items: trip?.found, xp: promise.xp, channelId: WORKSHOP },
    });
    const { items, total } = gathered.data as {
      items: { itemId: string; quantity: number }[];
      total: number;
    };
    expect(total).toBe(items.reduce((sum, { quantity }) => sum + quantity, 0));
    expect(has(bench, 'oak_log') - before).toBe(items.find(({ itemId }) => itemId === 'oak_log')?.quantity);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('does not happen before its time', () => {
    const bench = createGameBench();
    const { id, returnsAt, startedAt } = setOut(bench);
    bench.clock.advance(returnsAt - startedAt - 1);
    bench.game.dueWork.settle(bench.world, MIRA);
    bench.act((tx) => bench.game.gathering.finishTrip(tx, id));
    expect(tripOf(bench, id)?.state).toBe('active');
    bench.clock.advance(1);
    bench.game.dueWork.settle(bench.world, MIRA);
    expect(tripOf(bench, id)?.state).toBe('completed');
  });

  test('keeps to what was promised, whatever the content says by then', () => {
    const bench = createGameBench();
    const { id } = setOut(bench);
    const promise = { ...EMPTY, finds: [{ itemId: 'coal', chance: 1, least: 3, most: 3 }], bonus: 1 };
    bench.act((tx) => tx.db.update(trips).set({ promise }).where(eq(trips.id, id)).run());
    bench.clock.advance(HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    expect(tripOf(bench, id)?.found).toEqual([{ itemId: 'coal', quantity: 6 }]);
  });
});

describe('what is found', () => {
  test('is on average what the place says, and by the bonus more', () => {
    const promise = {
      finds: [
        { itemId: 'oak_log', chance: 1, least: 1, most: 4 },
        { itemId: 'stone', chance: 0.5, least: 2, most: 2 },
        { itemId: 'star_shard', chance: 0.01, least: 1, most: 1 },
      ],
      bonus: 0.35,
    };
    const outcomes = everyOutcome((random) => rollFinds(promise, random));
    expect(expectedValue(outcomes, () => 1)).toBeCloseTo(1, 12);
    const average = (itemId: string) =>
      expectedValue(outcomes, (found) => found.find((each) => each.itemId === itemId)?.quantity ?? 0);
    expect(average('oak_log')).toBeCloseTo(2.5 * 1.35, 12);
    expect(average('stone')).toBeCloseTo(0.5 * 2 * 1.35, 12);
    expect(average('star_shard')).toBeCloseTo(0.01 * 1.35, 12);
  });

  test('is between the least and the most, with the bonus, and the same for the same seed', () => {
    const find = fc
      .record({
        chance: fc.double({ min: 0.01, max: 1, noNaN: true }),
        least: fc.integer({ min: 1, max: 20 }),
        more: fc.integer({ min: 0, max: 20 }),
      })
      .map(({ chance, least, more }) => ({ itemId: 'stone', chance, least, most: least + more }));
    fc.assert(
      fc.property(find, fc.double({ min: 0, max: 3, noNaN: true }), fc.string(), (stone, bonus, seed) => {
        const random = seededRandom(seed);
        const found = rollFinds({ finds: [stone], bonus }, random);
        for (const { quantity } of found) {
          expect(quantity).toBeGreaterThanOrEqual(stone.least);
          expect(quantity).toBeLessThanOrEqual(Math.ceil(stone.most * (1 + bonus)));
        }
        if (stone.chance === 1) expect(found).toHaveLength(1);
        expect(rollFinds({ finds: [stone], bonus }, seededRandom(seed))).toEqual(found);
      }),
    );
  });

  test('a fraction is decided by chance, so that it is exact on average', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (amount) => {
        const outcomes = everyOutcome((random) => roundByChance(amount, random));
        expect(expectedValue(outcomes, (rounded) => rounded)).toBeCloseTo(amount, 9);
        for (const { outcome } of outcomes)
          expect([Math.floor(amount), Math.ceil(amount)]).toContain(outcome);
      }),
    );
  });
});

describe('turning back', () => {
  test('ends the trip with nothing, once, and the supplies are gone', () => {
    const bench = createGameBench();
    const { id: placeId, supplies } = placeWithSupplies(bench);
    endow(bench, itemAsset(supplies.item), 1);
    const { id } = setOut(bench, placeId, true);
    bench.clock.advance(MINUTE);
    const holdings = bench.game.inventory.list(bench.world.reader, MIRA);
    turnBack(bench, id);
    const endedAt = bench.clock.now();
    expect(tripOf(bench, id)).toMatchObject({ state: 'cancelled', endedAt, found: null });
    expect(bench.published('gatheringCancelled')).toMatchObject([{ ...MIRA, data: { tripId: id, placeId } }]);
    expect(refusalOf(() => turnBack(bench, id))).toEqual({
      code: 'tripIsOver',
      facts: { context: 'cancelled', placeId, endedAt },
    });
    bench.clock.advance(5 * HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    expect(bench.published('itemsGathered')).toEqual([]);
    expect(bench.game.inventory.list(bench.world.reader, MIRA)).toEqual(holdings);
    setOut(bench);
  });

  test('is refused to anybody else, in another server, for a made-up id, and when it is over', () => {
    const bench = createGameBench();
    const { id, returnsAt, startedAt } = setOut(bench);
    expect(refusalOf(() => turnBack(bench, id, TOBIN)).code).toBe('notYourTrip');
    expect(refusalOf(() => turnBack(bench, id, { ...MIRA, guildId: '2' })).code).toBe('unknownTrip');
    expect(refusalOf(() => turnBack(bench, 'made-up')).code).toBe('unknownTrip');
    bench.clock.advance(returnsAt - startedAt);
    expect(refusalOf(() => turnBack(bench, id)).facts).toMatchObject({ context: 'due', endedAt: returnsAt });
    bench.game.dueWork.settle(bench.world, MIRA);
    expect(refusalOf(() => turnBack(bench, id)).facts).toMatchObject({
      context: 'completed',
      endedAt: returnsAt,
    });
  });
});

describe('going again', () => {
  test('leads to the same place once, however often it is asked for', () => {
    const bench = createGameBench();
    const { id } = setOut(bench);
    bench.clock.advance(HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    expect(refusalOf(() => repeat(bench, id, TOBIN)).code).toBe('notYourTrip');
    const { trip, without } = repeat(bench, id);
    expect(trip).toMatchObject({ placeId: WOODS, promise: { supplies: [] } });
    expect(without).toEqual([]);
    expect(tripOf(bench, id)?.repeatedBy).toBe(trip.id);
    expect(refusalOf(() => repeat(bench, id)).code).toBe('tripIsRepeated');
    bench.clock.advance(HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    expect(refusalOf(() => repeat(bench, id)).code).toBe('tripIsRepeated');
    expect(bench.published('gatheringStarted')).toHaveLength(2);
  });

  test('takes the same supplies along while there are any, and says when there are none', () => {
    const bench = createGameBench();
    const { id: placeId, supplies } = placeWithSupplies(bench);
    endow(bench, itemAsset(supplies.item), 2);
    const taken = [{ itemId: supplies.item, quantity: 1 }];
    const first = setOut(bench, placeId, true);
    bench.clock.advance(5 * HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    const second = repeat(bench, first.id);
    expect(second).toMatchObject({ trip: { promise: { supplies: taken } }, without: [] });
    bench.clock.advance(5 * HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    const third = repeat(bench, second.trip.id);
    expect(third).toMatchObject({ trip: { promise: { supplies: [] } }, without: taken });
  });

  test('is refused while another trip is under way, and can be done after it', () => {
    const bench = createGameBench();
    const { id } = setOut(bench);
    bench.clock.advance(HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    setOut(bench);
    expect(refusalOf(() => repeat(bench, id)).code).toBe('alreadyOut');
    bench.clock.advance(HOUR);
    bench.game.dueWork.settle(bench.world, MIRA);
    repeat(bench, id);
  });
});

test('places are offered in the order in which they can be reached', () => {
  const bench = createGameBench();
  const choices = bench.game.gathering.choices(bench.world.reader, MIRA, bench.clock.now());
  expect(choices.map(({ place }) => place.level)).toEqual(
    choices.map(({ place }) => place.level).sort((one, other) => one - other),
  );
  expect(choices.every(({ place, levelReached }) => levelReached === place.level <= 1)).toBe(true);
  expect(choices).toHaveLength(bench.game.catalog.current.places.size);
});
