import { describe, expect, test } from 'vitest';
import type { JobRequest, OutboxRow } from '../../src/world/outbox.ts';
import { bellRang, createWorldBench, GUILD, type WorldBench } from '../support/world.ts';

declare module '../../src/world/outbox.ts' {
  interface JobPayloads {
    knock: { times: number };
  }
}

const KEY = 'knock:door';

function knock(
  times: number,
  more: Partial<Pick<JobRequest, 'runAt' | 'id' | 'keepEarlier'>> = {},
): JobRequest {
  return { task: 'knock', id: 'door', payload: { times }, ...more };
}

/** Makes requests in one action and returns what is then asked for under the key. */
function request(bench: WorldBench, ...requests: readonly JobRequest[]): OutboxRow {
  bench.act((tx) => {
    for (const each of requests) tx.request(each);
  });
  const row = bench.world.outbox.find(KEY);
  if (!row) throw new Error('Nothing is asked for.');
  return row;
}

describe('requests', () => {
  test('for one key in one action are one row: the last one, with a newer revision', () => {
    const bench = createWorldBench();
    const first = request(bench, knock(1, { runAt: 50 }));
    const second = request(bench, knock(2, { runAt: 30 }), knock(3, { runAt: 40 }));
    expect(second).toMatchObject({
      key: KEY,
      task: 'knock',
      payload: { times: 3 },
      runAt: 40,
      handedAt: null,
    });
    expect(second.revision).toBeGreaterThan(first.revision);
    expect(bench.world.outbox.count()).toEqual({ waiting: 1, toHandOver: 1 });
  });

  test('are due at once unless they say when', () => {
    const bench = createWorldBench();
    expect(request(bench, knock(1)).runAt).toBe(bench.clock.now());
  });

  test.each([
    [10, 20, 10],
    [20, 10, 10],
  ])('that keep the earlier time: %d, then %d, is due at %d', (first, second, due) => {
    const bench = createWorldBench();
    const row = request(bench, knock(1, { runAt: first }), knock(2, { runAt: second, keepEarlier: true }));
    expect(row).toMatchObject({ runAt: due, payload: { times: 2 } });
  });

  test('that keep the earlier time are due when they say if nothing waits', () => {
    expect(request(createWorldBench(), knock(1, { runAt: 70, keepEarlier: true })).runAt).toBe(70);
  });
});

test('a request that keeps the earlier time, made about something that happened earlier, is not lost to the run of the one before', () => {
  const bench = createWorldBench();
  const long = bench.clock.now();
  bench.clock.advance(60_000);
  bench.listen(bellRang, 'asker', (event, tx) =>
    tx.request(knock(1, { runAt: event.occurredAt + 3_000, keepEarlier: true })),
  );
  const ringAt = (occurredAt: number) =>
    bench.act((tx) => tx.publish(bellRang, { guildId: GUILD, occurredAt, data: { strokes: 1 } }));
  ringAt(long);
  const started = bench.world.outbox.find(KEY)?.revision ?? 0;
  // Its time is over, so a run may be carrying it out by now and not see the second one.
  ringAt(long + 1_000);
  bench.world.outbox.settle(started);
  expect(bench.world.outbox.find(KEY)).toBeDefined();
});

describe('handing over', () => {
  test('takes the earliest due first, those of one time as they were requested, and no more than asked for', () => {
    const bench = createWorldBench();
    const order = ['late', 'early', 'also early', 'middle'];
    const times: Record<string, number> = { late: 30, early: 10, 'also early': 10, middle: 20 };
    bench.act((tx) => {
      for (const id of order) tx.request(knock(1, { id, runAt: times[id] ?? 0 }));
    });
    const keys = (limit: number) => bench.world.outbox.toHandOver(limit).map(({ key }) => key);
    expect(keys(10)).toEqual(['knock:early', 'knock:also early', 'knock:middle', 'knock:late']);
    expect(keys(2)).toEqual(['knock:early', 'knock:also early']);
  });

  test('leaves the row, which is waited for until it is settled', () => {
    const bench = createWorldBench();
    const { revision } = request(bench, knock(1));
    bench.world.outbox.markHanded([revision], 77);
    expect(bench.world.outbox.toHandOver(10)).toEqual([]);
    expect(bench.world.outbox.find(KEY)).toMatchObject({ revision, handedAt: 77 });
    expect(bench.world.outbox.count()).toEqual({ waiting: 1, toHandOver: 0 });
    bench.world.outbox.settle(revision);
    expect(bench.world.outbox.count()).toEqual({ waiting: 0, toHandOver: 0 });
  });

  test('of an old revision does not pass for handing over the request that took its place', () => {
    const bench = createWorldBench();
    const old = request(bench, knock(1));
    const now = request(bench, knock(2));
    bench.world.outbox.markHanded([old.revision], 77);
    expect(bench.world.outbox.toHandOver(10)).toEqual([now]);
  });

  test('is repeated for what the queue has lost, and for what was requested again', () => {
    const bench = createWorldBench();
    const first = request(bench, knock(1));
    bench.world.outbox.markHanded([first.revision], 77);
    bench.world.outbox.markLost([first.revision]);
    expect(bench.world.outbox.toHandOver(10)).toEqual([first]);
    bench.world.outbox.markHanded([first.revision], 78);
    expect(bench.world.outbox.toHandOver(10)).toEqual([]);
    const again = request(bench, knock(2));
    expect(bench.world.outbox.toHandOver(10)).toEqual([again]);
  });
});

describe('settling', () => {
  test('an old revision does not remove the request that was made while its job ran', () => {
    const bench = createWorldBench();
    const running = request(bench, knock(1));
    const newer = request(bench, knock(2));
    bench.world.outbox.settle(running.revision);
    expect(bench.world.outbox.find(KEY)).toEqual(newer);
  });

  test('does not either when the row was gone in between: a revision is never used twice', () => {
    const bench = createWorldBench();
    const running = request(bench, knock(1));
    bench.world.outbox.settle(running.revision);
    const newer = request(bench, knock(2));
    // The queue's second run of the first request ends late.
    bench.world.outbox.settle(running.revision);
    bench.world.outbox.markHanded([running.revision], 77);
    expect(bench.world.outbox.find(KEY)).toEqual(newer);
    expect(newer.revision).toBeGreaterThan(running.revision);
  });
});

test('everything that is waited for can be read page by page', () => {
  const bench = createWorldBench();
  bench.act((tx) => {
    for (let door = 0; door < 5; door++) tx.request(knock(1, { id: `${door}` }));
  });
  const read: OutboxRow[] = [];
  for (
    let page = bench.world.outbox.page(0, 2);
    page.length > 0;
    page = bench.world.outbox.page(read.at(-1)?.revision ?? 0, 2)
  ) {
    read.push(...page);
  }
  expect(read.map(({ key }) => key)).toEqual(['knock:0', 'knock:1', 'knock:2', 'knock:3', 'knock:4']);
});
