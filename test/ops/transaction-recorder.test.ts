import { expect, test } from 'vitest';
import type { TransactionNote } from '../../src/ops/inspection/notes.ts';
import { TransactionRecorder } from '../../src/ops/inspection/transaction-recorder.ts';
import { FakeClock } from '../support/game.ts';
import { bellRang, createWorldBench, dustFell, letDustFall, only, ring } from '../support/world.ts';

declare module '../../src/world/outbox.ts' {
  interface JobPayloads {
    polishBell: Record<string, never>;
  }
}

/** A world of whose transactions everything is told. */
function createToldBench() {
  const told: TransactionNote[] = [];
  const clock = new FakeClock();
  const tell = (note: TransactionNote) => told.push(note);
  const bench = createWorldBench({
    observer: { begin: (cause) => new TransactionRecorder({ id: 't', ...cause }, clock, tell) },
  });
  told.length = 0;
  return { ...bench, told };
}

const POLISH = { task: 'polishBell', id: 'b', payload: {} } as const;

test('what a listener published and asked for is told as its own', () => {
  const bench = createToldBench();
  bench.listen(bellRang, 'shakeOffDust', (_event, tx) => {
    letDustFall(tx);
    tx.request(POLISH);
  });
  bench.act((tx) => ring(tx));
  const { outcome, events, jobs } = only(bench.told);
  expect(outcome).toBe('committed');
  const [bell, dust] = events;
  const by = { eventId: bell?.id, listener: 'shakeOffDust' };
  expect(bell).toMatchObject({ name: 'bellRang', listeners: [{ name: 'shakeOffDust', ok: true }] });
  expect(bell?.by).toBeUndefined();
  expect(dust).toMatchObject({ name: 'dustFell', by, listeners: [] });
  expect(jobs).toMatchObject([{ key: 'polishBell:b', by }]);
});

test('of a listener that threw its error is told, and the next try; what it did has never been', () => {
  const bench = createToldBench();
  bench.listen(bellRang, 'shakeOffDust', (_event, tx) => {
    letDustFall(tx);
    tx.request(POLISH);
    throw new Error('The rope is torn.');
  });
  bench.listen(dustFell, 'sweep', () => undefined);
  const event = bench.act((tx) => ring(tx));
  const first = only(bench.told);
  expect(first.events).toMatchObject([
    { name: 'bellRang', listeners: [{ name: 'shakeOffDust', ok: false, error: 'The rope is torn.' }] },
  ]);
  const by = { eventId: event.id, listener: 'shakeOffDust' };
  expect(first.jobs).toMatchObject([{ task: 'retryDelivery', payload: by, by }]);

  bench.world.redeliver(event, 'shakeOffDust', (_event, tx) => void letDustFall(tx));
  expect(bench.told[1]).toMatchObject({
    cause: event.id,
    events: [
      { name: 'bellRang', listeners: [{ name: 'shakeOffDust', ok: true }] },
      { name: 'dustFell', by, listeners: [{ name: 'sweep', ok: true }] },
    ],
    jobs: [],
  });
});

test('what is rolled back is told as that, and is no part of what comes next', () => {
  const bench = createToldBench();
  const fail = () =>
    bench.act((tx) => {
      ring(tx);
      throw new Error('The tower is closed.');
    });
  expect(fail).toThrow('The tower is closed.');
  bench.act((tx) => tx.request(POLISH));
  expect(bench.told).toMatchObject([
    { outcome: 'rolledBack', error: 'The tower is closed.', events: [{ name: 'bellRang' }], jobs: [] },
    { outcome: 'committed', events: [], jobs: [{ key: 'polishBell:b' }] },
  ]);
});

test('of very many events only some are told, and how many there were besides', () => {
  const bench = createToldBench();
  bench.act((tx) => {
    for (let stroke = 0; stroke < 150; stroke++) ring(tx, stroke + 1);
  });
  expect(only(bench.told)).toMatchObject({ more: 50, events: { length: 100 } });
});
