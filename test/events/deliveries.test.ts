import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DELIVERY_ATTEMPTS } from '../../src/world/deliveries.ts';
import type { DomainEvent } from '../../src/world/event.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { HOUR } from '../support/game.ts';
import { bellRang, createWorldBench, letDustFall, note, only, ring } from '../support/world.ts';

const LISTENERS = ['echo', 'clerk', 'sexton'];

/** Rings the bell in a world in which every listener notes what it hears and rings on, a few times. */
function ringOn(isBroken: (listener: string) => boolean) {
  const bench = createWorldBench();
  const hear = (listener: string) => (event: DomainEvent, tx: Tx) => {
    const { strokes } = event.data as { strokes: number };
    note(tx, `${listener} ${event.id} ${tx.createId()} ${tx.now}`);
    if (strokes > 1) ring(tx, strokes - 1);
    if (isBroken(listener)) throw new Error('Not now.');
  };
  for (const listener of LISTENERS) bench.listen(bellRang, listener, hear(listener));
  bench.act((tx) => ring(tx, 3), 'press 700');
  while (bench.world.deliveries.count().pending > 0) {
    bench.clock.advance(HOUR);
    for (const { eventId, listener } of bench.world.deliveries.list('pending', 1_000)) {
      const event = bench.world.eventLog.find(eventId);
      if (event) bench.world.redeliver(event, listener, hear(listener));
    }
  }
  const { dead } = bench.world.deliveries.count();
  const result = {
    dead,
    notes: bench.notes().sort(),
    events: bench
      .log()
      .map(({ id }) => id)
      .sort(),
  };
  bench.world.close();
  return result;
}

test('whichever listeners fail, and how often: in the end everything has happened exactly once', () => {
  const sound = ringOn(() => false);
  expect(sound.notes).toHaveLength(3 + 9 + 27);
  fc.assert(
    fc.property(fc.infiniteStream(fc.boolean()), (broken) => {
      const failures = new Map<string, number>();
      const result = ringOn((listener) => {
        const failed = failures.get(listener) ?? 0;
        const isBroken = failed < DELIVERY_ATTEMPTS - 1 && broken.next().value;
        if (isBroken) failures.set(listener, failed + 1);
        return isBroken;
      });
      expect(result).toEqual(sound);
    }),
    { numRuns: 50 },
  );
});

test('what is owed is listed the oldest first, pending and dead apart, and counted', () => {
  const bench = createWorldBench();
  bench.listen(bellRang, 'echo', () => {
    throw new Error('Not now.');
  });
  const events = [1, 2, 3].map((strokes) => {
    bench.clock.advance(HOUR);
    return bench.act((tx) => ring(tx, strokes));
  });
  bench.act(() => bench.world.deliveries.markDead(events[1]?.id ?? '', 'echo', 'An operator gave it up.'));
  const listed = (state: 'pending' | 'dead', limit = 10) =>
    bench.world.deliveries
      .list(state, limit)
      .map(({ eventId }) => events.findIndex(({ id }) => id === eventId));
  expect([listed('pending'), listed('pending', 1), listed('dead')]).toEqual([[0, 2], [0], [1]]);
  expect(bench.world.deliveries.count()).toEqual({ pending: 2, dead: 1 });
  expect(only(bench.world.deliveries.list('dead', 10)).lastError).toBe('An operator gave it up.');
});

test('a long complaint is cut short; a delivery must not fail for its length', () => {
  const bench = createWorldBench();
  bench.listen(bellRang, 'echo', () => {
    throw new Error('x'.repeat(1_000_000));
  });
  bench.act((tx) => ring(tx));
  expect(only(bench.world.deliveries.list('pending', 10)).lastError.length).toBe(2_000);
});

test('replaying what was never owed gives nobody anything', () => {
  const bench = createWorldBench();
  const event = bench.act((tx) => letDustFall(tx));
  bench.act(() => bench.world.deliveries.replay(event.id, 'echo'));
  expect(bench.world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
  expect(bench.world.redeliver(event, 'echo', (_event, tx) => note(tx, 'heard'))).toBe(true);
  expect(bench.notes()).toEqual([]);
});
