import { expect, test } from 'vitest';
import { verifyLedger } from '../../src/world/ledger.ts';
import { createGameBench, type GameBench, MINUTE, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';

const actor = (holder = MIRA) => ({ ...holder, channelId: WORKSHOP, locale: 'en-US' });

function craft(bench: GameBench, holder = MIRA) {
  return bench.act((tx) =>
    bench.game.crafting.startCraft(tx, { ...actor(holder), recipeId: 'campfire', quantity: 1 }),
  );
}

function setOut(bench: GameBench, holder = MIRA) {
  const order = { placeId: 'whispering_woods', supplies: false };
  return bench.act((tx) => bench.game.gathering.setOut(tx, actor(holder), order));
}

function finishNext(bench: GameBench, whose: { guildId?: string; userId?: string } = {}) {
  return bench.act((tx) => bench.game.dueWork.finishNext(tx, whose));
}

test('what would end next is due now, a craft or a trip, and its job is asked for', () => {
  const bench = createGameBench();
  const trip = setOut(bench);
  const { id } = craft(bench);
  bench.clock.advance(1_000);
  expect(finishNext(bench)).toMatchObject({ kind: 'craft', id, what: 'campfire', ...MIRA });
  expect(bench.world.outbox.find(`completeCrafting:${id}`)?.runAt).toBe(bench.clock.now());
  bench.game.dueWork.settle(bench.world, MIRA);
  expect(bench.game.crafting.find(bench.world.reader, id)).toMatchObject({
    state: 'completed',
    endedAt: bench.clock.now(),
  });

  expect(finishNext(bench)).toMatchObject({ kind: 'trip', id: trip.id, what: 'whispering_woods' });
  expect(bench.world.outbox.find(`finishGathering:${trip.id}`)?.runAt).toBe(bench.clock.now());
  bench.game.dueWork.settle(bench.world, MIRA);
  expect(bench.game.gathering.find(bench.world.reader, trip.id)?.state).toBe('completed');
  expect(finishNext(bench)).toBeUndefined();
  expect(verifyLedger(bench.world.reader)).toEqual([]);
});

test('it can be that of one server or of one person, and what is due already is not meant', () => {
  const bench = createGameBench();
  const elsewhere = { ...TOBIN, guildId: '900000000000000002' };
  const first = craft(bench, TOBIN);
  bench.clock.advance(1_000);
  const second = craft(bench, MIRA);
  bench.clock.advance(1_000);
  const third = craft(bench, elsewhere);
  expect(finishNext(bench, { userId: MIRA.userId })?.id).toBe(second.id);
  expect(finishNext(bench, { guildId: elsewhere.guildId })?.id).toBe(third.id);
  expect(finishNext(bench)?.id).toBe(first.id);
  expect(finishNext(bench)).toBeUndefined();
  craft(bench, MIRA);
  bench.clock.advance(MINUTE);
  expect(finishNext(bench, MIRA)).toBeUndefined();
});
