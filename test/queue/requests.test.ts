import { describe, expect, test } from 'vitest';
import type { OutboxRow } from '../../src/world/outbox.ts';
import { allDone, createQueueBench, eventually, gate, testJob } from './support.ts';

describe('a request', () => {
  test('is carried out, and then nothing is left of it in the world or in the queue', async () => {
    const forge = testJob('world');
    const raven = testJob('outside');
    const bench = await createQueueBench({ jobs: [forge, raven] });
    await bench.start();

    bench.request('stokeForge', 'one');
    bench.request('sendRaven', 'two');

    await allDone(bench);
    expect(forge.finished).toEqual(['one']);
    expect(raven.finished).toEqual(['two']);
    expect(bench.queue.status().pools).toMatchObject({
      world: { running: 0, mostRunning: 1, succeeded: 1, failed: 0 },
      outside: { running: 0, mostRunning: 1, succeeded: 1, failed: 0 },
    });
  });

  test('gives ids of its own in each world: a server can move to another one with its events', async () => {
    const causes = [];
    for (const _world of ['old', 'new']) {
      const forge = testJob('world');
      const bench = await createQueueBench({ jobs: [forge] });
      bench.request('stokeForge', 'one');
      await bench.start();
      await allDone(bench);
      causes.push(...forge.started.map(({ cause }) => cause));
    }
    expect(causes).toHaveLength(2);
    expect(new Set(causes).size).toBe(2);
  });

  test('made before the queue was started is carried out too', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge] });
    bench.request('stokeForge', 'early');

    await bench.start();

    await allDone(bench);
    expect(forge.finished).toEqual(['early']);
  });

  test('of another process on the same world is noticed', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();
    const { World } = await import('../../src/world/world.ts');
    const beside = new World({
      file: bench.file,
      clock: bench.world.clock,
      dispatcher: { dispatch: () => undefined },
      lock: false,
    });
    beside.transact({ cause: 'operator' }, (tx) =>
      tx.request({ task: 'stokeForge', id: 'beside', payload: { id: 'beside' } }),
    );
    beside.close();

    await allDone(bench);
    expect(forge.finished).toEqual(['beside']);
  });

  test('for later runs at its time and not before', async () => {
    const starts: number[] = [];
    const forge = testJob('world', () => starts.push(Date.now()));
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();
    const soon = Date.now() + 1_200;
    bench.request('stokeForge', 'soon', { runAt: soon });
    bench.request('stokeForge', 'tomorrow', { runAt: Date.now() + 86_400_000 });

    await eventually(() => expect(forge.finished).toEqual(['soon']));

    expect(starts[0]).toBeGreaterThanOrEqual(soon);
    expect(bench.waiting('stokeForge', 'soon')).toBeUndefined();
    expect(bench.waiting('stokeForge', 'tomorrow')?.handedAt).not.toBeNull();
    expect(await bench.sql('SELECT key, attempts FROM graphile_worker.jobs')).toEqual([
      { key: 'stokeForge:tomorrow', attempts: 0 },
    ]);
  });

  test('whose time was moved is carried out at the new one', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();
    bench.request('stokeForge', 'moved', { runAt: Date.now() + 86_400_000, note: 'old' });
    await eventually(() => expect(bench.waiting('stokeForge', 'moved')?.handedAt).not.toBeNull());

    bench.request('stokeForge', 'moved', { note: 'new' });

    await allDone(bench);
    expect(forge.started.map(({ note }) => note)).toEqual(['new']);
  });

  test('whose payload is not what the job takes fails without running, and stays', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();

    bench.world.transact({ cause: 'test' }, (tx) =>
      tx.request({ task: 'stokeForge', id: 'odd', payload: { id: 7 as never } }),
    );

    await eventually(async () =>
      expect(await bench.sql('SELECT attempts, locked_by, last_error FROM graphile_worker.jobs')).toEqual([
        { attempts: 1, locked_by: null, last_error: expect.stringContaining('expected string') },
      ]),
    );
    expect(forge.started).toEqual([]);
    expect(bench.waiting('stokeForge', 'odd')).toBeDefined();
    expect(bench.queue.status().pools.world).toMatchObject({ succeeded: 0, failed: 1 });
  });

  test('whose job throws is tried again, and waited for until it succeeds', async () => {
    let rows: (OutboxRow | undefined)[] = [];
    const forge = testJob('world', () => {
      rows = [...rows, bench.waiting('stokeForge', 'stubborn')];
      if (rows.length < 3) throw new Error('The fire is out.');
    });
    const bench = await createQueueBench({ jobs: [forge], config: { reconcileInterval: 200 } });
    await bench.start();
    bench.request('stokeForge', 'stubborn');

    // graphile-worker waits e seconds after the first failure and e² after the second.
    await eventually(() => expect(forge.finished).toEqual(['stubborn']));

    expect(rows.map((row) => row?.key)).toEqual(Array(3).fill('stokeForge:stubborn'));
    expect(new Set(forge.started.map(({ cause }) => cause)).size).toBe(1);
    await allDone(bench);
    expect(bench.queue.status().pools.world).toMatchObject({ succeeded: 1, failed: 2 });
    expect(bench.log).toContainEqual(
      expect.objectContaining({
        level: 40,
        job: 'stokeForge:stubborn',
        msg: expect.stringContaining('tried again'),
      }),
    );
  });

  test('for a task that nobody knows waits and does no harm', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge], config: { reconcileInterval: 100 } });
    await bench.start();
    bench.request('unknownTask', 'mystery');
    await eventually(() => expect(bench.waiting('unknownTask', 'mystery')?.handedAt).not.toBeNull());

    bench.request('stokeForge', 'known');
    await eventually(() => expect(forge.finished).toEqual(['known']));

    expect(bench.queue.status().connected).toBe(true);
    // That the known one is done is told to the queue a moment after it was.
    await eventually(async () =>
      expect(await bench.sql('SELECT key, attempts, locked_by FROM graphile_worker.jobs')).toEqual([
        { key: 'unknownTask:mystery', attempts: 0, locked_by: null },
      ]),
    );
    expect(bench.waiting('unknownTask', 'mystery')).toBeDefined();
  });
});

describe('requests under one key', () => {
  test('in one transaction are one job, that of the last of them', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();

    bench.world.transact({ cause: 'test' }, (tx) => {
      tx.request({ task: 'stokeForge', id: 'twice', payload: { id: 'twice', note: 'first' } });
      tx.request({ task: 'stokeForge', id: 'twice', payload: { id: 'twice', note: 'second' } });
    });

    await allDone(bench);
    expect(forge.started.map(({ note }) => note)).toEqual(['second']);
  });

  test('made while the job runs bring a second run, and only that one settles the newer request', async () => {
    const gates = [gate(), gate()] as const;
    const forge = testJob('world', () => gates[forge.started.length === 1 ? 0 : 1].opened);
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();
    bench.request('stokeForge', 'again', { note: 'first' });
    await eventually(() => expect(forge.started).toHaveLength(1));

    bench.request('stokeForge', 'again', { note: 'second' });
    await eventually(() => expect(forge.started.map(({ note }) => note)).toEqual(['first', 'second']));
    gates[0].open();
    await eventually(() => expect(forge.finished).toHaveLength(1));
    expect(bench.waiting('stokeForge', 'again')).toMatchObject({ payload: { note: 'second' } });
    bench.request('stokeForge', 'other');
    gates[1].open();

    await allDone(bench);
    expect(forge.finished.filter((id) => id === 'again')).toHaveLength(2);
    expect(new Set(forge.started.map(({ cause }) => cause)).size).toBe(3);
  });

  test('made again and again while the job runs bring few more runs, and the last request is seen', async () => {
    const seen: number[] = [];
    let counter = 0;
    const forge = testJob('world', async () => {
      seen.push(counter);
      await new Promise((resolve) => setImmediate(resolve));
    });
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();

    for (let made = 0; made < 300; made++) {
      counter++;
      bench.request('stokeForge', 'busy');
      await new Promise((resolve) => setImmediate(resolve));
    }

    await allDone(bench);
    expect(seen.at(-1)).toBe(300);
    expect(seen.length).toBeLessThanOrEqual(300);
    expect(forge.mostRunning).toBeLessThanOrEqual(5);
    expect(bench.queue.status().connected).toBe(true);
  });

  test('made while the job runs are carried out even when that run fails', async () => {
    const opened = gate();
    const forge = testJob('world', async () => {
      if (forge.started.length > 1) return;
      await opened.opened;
      throw new Error('The first one fails.');
    });
    const bench = await createQueueBench({ jobs: [forge], config: { reconcileInterval: 200 } });
    await bench.start();
    bench.request('stokeForge', 'failing');
    await eventually(() => expect(forge.started).toHaveLength(1));

    bench.request('stokeForge', 'failing');
    await eventually(() => expect(forge.finished).toHaveLength(1));
    opened.open();

    // Nothing is left, also not of the run that failed and whose place was taken.
    await allDone(bench);
    expect(forge.started).toHaveLength(2);
  });

  test('a job that asks for itself again runs again', async () => {
    const forge = testJob('world', () => {
      if (forge.started.length < 3) bench.request('stokeForge', 'circle');
    });
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();
    bench.request('stokeForge', 'circle');

    await eventually(() => expect(forge.finished).toHaveLength(3));
    await allDone(bench);
  });

  test('a request for later that took the place of one that is due is not carried out early', async () => {
    const opened = gate();
    const forge = testJob('world', ({ id }) => (id === 'blocker' ? opened.opened : undefined));
    const bench = await createQueueBench({ jobs: [forge], config: { worldConcurrency: 1 } });
    await bench.start();
    bench.request('stokeForge', 'blocker');
    await eventually(() => expect(forge.started).toHaveLength(1));
    bench.request('stokeForge', 'delayed', { note: 'now' });
    await eventually(() => expect(bench.waiting('stokeForge', 'delayed')?.handedAt).not.toBeNull());

    // The job for now starts in the very moment in which it is put off: the relay has no time to say so.
    const tomorrow = Date.now() + 86_400_000;
    bench.request('stokeForge', 'delayed', { note: 'tomorrow', runAt: tomorrow });
    await bench.sql(
      "UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = 'stokeForge:delayed'",
    );
    opened.open();
    bench.request('stokeForge', 'after');
    await eventually(() => expect(forge.finished).toContain('after'));

    await eventually(async () =>
      expect(await bench.sql('SELECT key, run_at, locked_by FROM graphile_worker.jobs')).toEqual([
        { key: 'stokeForge:delayed', run_at: new Date(tomorrow), locked_by: null },
      ]),
    );
    expect(forge.finished).toEqual(['blocker', 'after']);
    expect(bench.waiting('stokeForge', 'delayed')).toMatchObject({ runAt: tomorrow });
  });
});

describe('many requests', () => {
  test('three thousand of one transaction all arrive', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge], config: { worldConcurrency: 10 } });
    await bench.start();

    bench.world.transact({ cause: 'test' }, (tx) => {
      for (let number = 0; number < 3_000; number++) {
        tx.request({ task: 'stokeForge', id: `${number}`, payload: { id: `${number}` } });
      }
    });

    await allDone(bench);
    expect(new Set(forge.finished).size).toBe(3_000);
    expect(forge.finished).toHaveLength(3_000);
  });

  test.each([
    ['a character that PostgreSQL does not take', { id: 'nul\u0000', payload: { id: 'x', note: '\u0000' } }],
    ['half a character', { id: 'half', payload: { id: 'x', note: '\ud800' } }],
    ['a key that is too long', { id: 'k'.repeat(600), payload: { id: 'x' } }],
    ['a time beyond all calendars', { id: 'never', payload: { id: 'x' }, runAt: 9e15 }],
    ['an endless time', { id: 'endless', payload: { id: 'x' }, runAt: Number.POSITIVE_INFINITY }],
    ['a time before all calendars', { id: 'before', payload: { id: 'x' }, runAt: -8.64e15 }],
  ])('one with %s does not hold up the others', async (_, poison) => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge] });
    bench.world.transact({ cause: 'test' }, (tx) => {
      for (let number = 0; number < 20; number++) {
        if (number === 7) tx.request({ task: 'stokeForge', ...poison });
        tx.request({ task: 'stokeForge', id: `${number}`, payload: { id: `${number}` } });
      }
    });

    await bench.start();
    bench.request('stokeForge', 'later');

    await eventually(() => expect(forge.finished.filter((id) => id !== 'x')).toHaveLength(21));
    expect(bench.queue.status().connected).toBe(true);
    const isRefused = bench.waiting('stokeForge', poison.id) !== undefined;
    const complaints = bench.log.filter(({ msg }) => msg === 'The queue refuses this job.');
    expect(complaints).toHaveLength(isRefused ? 1 : 0);
  });
});
