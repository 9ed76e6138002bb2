import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PoisonedTransaction } from '../../src/world/errors.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { temporaryFolder } from '../support/game.ts';
import {
  bellRang,
  createWorldBench,
  letDustFall,
  note,
  only,
  ring,
  type WorldBench,
} from '../support/world.ts';

/** Far more than is free in a database that may not grow. */
const BOULDER = sql`INSERT INTO notes (text) VALUES (hex(zeroblob(500000)))`;

const LARGEST_PAGE_COUNT = 1_000_000;

/** A world in a file, and a look at it from outside. */
function createBench(): WorldBench & { readonly outside: () => unknown[] } {
  const file = join(temporaryFolder('poison'), 'world.sqlite');
  const bench = createWorldBench({ file });
  const spectator = new SQLite(file, { readonly: true });
  onTestFinished(() => {
    spectator.close();
    bench.world.close();
  });
  const count = (table: string) => spectator.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  return {
    ...bench,
    outside: () => ['notes', 'events', 'deliveries', 'outbox', 'interactions', 'world_facts'].map(count),
  };
}

/** From here on the database cannot grow, as on a full disk. */
function fillDisk(tx: Tx): void {
  const { page_count: pages } = tx.db.get<{ page_count: number }>(sql`PRAGMA page_count`);
  tx.db.run(sql.raw(`PRAGMA max_page_count = ${pages}`));
}

function makeRoom(bench: WorldBench): void {
  bench.act((tx) => tx.db.run(sql.raw(`PRAGMA max_page_count = ${LARGEST_PAGE_COUNT}`)));
}

/** Tries something and goes on whatever becomes of it. */
function swallow(attempt: () => unknown): void {
  try {
    attempt();
  } catch {
    // That is the mistake these tests are about.
  }
}

/** An action that rings the bell on a full disk must leave nothing; with room again, the same one goes through. */
function expectNothingRemains(bench: ReturnType<typeof createBench>, body: (tx: Tx) => void): void {
  bench.act(fillDisk);
  const before = bench.outside();
  let woken = 0;
  bench.world.onRequest(() => woken++);
  const action = () =>
    bench.world.transact({ cause: 'press 700', interactionId: '700' }, (tx) => {
      note(tx, 'body');
      body(tx);
    });
  expect(action).toThrow(PoisonedTransaction);
  expect(bench.outside()).toEqual(before);
  expect(woken).toBe(0);

  makeRoom(bench);
  action();
  expect(bench.notes()).toContain('body');
}

describe('a full disk', () => {
  test('in a listener leaves nothing of the action, and the world works again when there is room', () => {
    const bench = createBench();
    bench.listen(bellRang, 'first', (_event, tx) => note(tx, 'first'));
    bench.listen(bellRang, 'greedy', (_event, tx) => void tx.db.run(BOULDER));
    bench.listen(bellRang, 'last', (_event, tx) => note(tx, 'last'));
    expectNothingRemains(bench, ring);
    expect(bench.notes()).toEqual(['body', 'first', expect.any(String), 'last']);
  });

  test('says what it was, also in the words for the log', () => {
    const bench = createBench();
    bench.listen(bellRang, 'greedy', (_event, tx) => void tx.db.run(BOULDER));
    bench.act(fillDisk);
    expect(() => bench.act(ring)).toThrow(/database or disk is full/);
  });

  test('that a listener swallows to go on writing leaves nothing, however it kept its tables', () => {
    const bench = createBench();
    bench.listen(bellRang, 'stubborn', (_event, tx) => {
      const { db } = tx;
      swallow(() => db.run(BOULDER));
      swallow(() => note(tx, 'went on'));
      swallow(() => ring(tx));
      swallow(() => db.run("INSERT INTO notes VALUES ('went on')"));
      swallow(() => db.transaction((inner) => inner.run("INSERT INTO notes VALUES ('went on')")));
      swallow(() => bench.act((another) => note(another, 'went on')));
    });
    bench.listen(bellRang, 'last', (_event, tx) => note(tx, 'last'));
    bench.act(fillDisk);
    const before = bench.outside();
    expect(() => bench.act(ring)).toThrow(PoisonedTransaction);
    expect(bench.outside()).toEqual(before);
  });

  test.each([
    ['and goes on writing', []],
    ['and goes on writing, after it had published something', [ring]],
    ['and goes on writing, after it had published something to nobody', [letDustFall]],
  ])('that the body swallows, %s, leaves nothing', (_what, beforehand) => {
    const bench = createBench();
    bench.listen(bellRang, 'first', (_event, tx) => note(tx, 'first'));
    expectNothingRemains(bench, (tx) => {
      const { db } = tx;
      for (const publish of beforehand) publish(tx);
      swallow(() => db.run(BOULDER));
      swallow(() => note(tx, 'went on'));
      swallow(() => ring(tx));
      swallow(() => db.run("INSERT INTO notes VALUES ('went on')"));
      swallow(() => db.transaction((inner) => inner.run("INSERT INTO notes VALUES ('went on')")));
      swallow(() => bench.act((another) => note(another, 'went on')));
    });
  });

  test('while the failure of a listener is being recorded leaves nothing of the action', () => {
    const bench = createBench();
    // Together their complaints don't fit into the pages that there are.
    const failing = Array.from({ length: 20 }, (_, index) => `failing ${index}`);
    for (const listener of failing) {
      bench.listen(bellRang, listener, () => {
        throw new Error(`${listener}: ${'x'.repeat(1_900)}`);
      });
    }
    expectNothingRemains(bench, ring);
    expect(bench.world.deliveries.count()).toEqual({ pending: failing.length, dead: 0 });
  });

  test('at a retry leaves the delivery as it was, to be tried again', () => {
    const bench = createBench();
    bench.listen(bellRang, 'broken', () => {
      throw new Error('The clapper is gone.');
    });
    bench.act(ring);
    bench.act(fillDisk);
    const before = bench.outside();
    const delivery = only(bench.world.deliveries.list('pending', 10));
    const event = only(bench.log());
    expect(() => bench.world.redeliver(event, 'broken', (_event, tx) => void tx.db.run(BOULDER))).toThrow(
      PoisonedTransaction,
    );
    expect(bench.outside()).toEqual(before);
    expect(bench.world.deliveries.list('pending', 10)).toEqual([delivery]);

    makeRoom(bench);
    expect(bench.world.redeliver(event, 'broken', (_event, tx) => note(tx, 'heard'))).toBe(true);
    expect(bench.notes()).toEqual(['heard']);
  });
});
