import { describe, expect, test } from 'vitest';
import { allDone, createQueueBench, eventually, gate, locks, testJob } from './support.ts';

const TOMORROW = 86_400_000;
const queuedRavens =
  "SELECT key, run_at, attempts, locked_by FROM graphile_worker.jobs WHERE key LIKE 'sendRaven:%' ORDER BY key";

describe('the queue is made anew from the world', () => {
  test('when its schema was dropped while the bot was stopped', async () => {
    const first = await createQueueBench({ jobs: [testJob('world')] });
    const runAt = Date.now() + TOMORROW;
    await first.start();
    first.request('stokeForge', 'later', { runAt });
    await eventually(() => expect(first.waiting('stokeForge', 'later')?.handedAt).not.toBeNull());
    await first.close();
    await first.sql('DROP SCHEMA graphile_worker CASCADE');

    const second = await createQueueBench({ jobs: [testJob('world')], ...first });
    await second.start();

    expect(await second.sql('SELECT key, run_at FROM graphile_worker.jobs')).toEqual([
      { key: 'stokeForge:later', run_at: new Date(runAt) },
    ]);
  });

  test('when its schema was dropped while jobs wait and while they run', async () => {
    const opened = gate();
    const forge = testJob('world', ({ id }) => (id === 'running' ? opened.opened : undefined));
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();
    const runAt = Date.now() + TOMORROW;
    bench.request('stokeForge', 'running');
    bench.request('sendRaven', 'later', { runAt });
    await eventually(() => expect(forge.started).toHaveLength(1));
    await eventually(() => expect(bench.waiting('sendRaven', 'later')?.handedAt).not.toBeNull());

    await bench.sql('DROP SCHEMA graphile_worker CASCADE');
    bench.request('stokeForge', 'meanwhile');
    await eventually(() => expect(forge.finished).toEqual(['meanwhile']));
    await eventually(async () =>
      expect(await bench.sql(queuedRavens)).toMatchObject([
        { key: 'sendRaven:later', run_at: new Date(runAt) },
      ]),
    );
    opened.open();

    await eventually(() => expect(bench.world.outbox.count().waiting).toBe(1));
    expect(forge.finished).toEqual(['meanwhile', 'running']);
    await eventually(async () => expect(await locks(bench.databaseUrl)).toEqual([]));
  });

  test('also a few times in a row', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge] });
    await bench.start();
    for (let round = 1; round <= 3; round++) {
      await bench.sql('DROP SCHEMA graphile_worker CASCADE');
      bench.request('stokeForge', `round ${round}`);
      await eventually(() => expect(forge.finished).toHaveLength(round));
    }
    await allDone(bench);
  });

  test.each([
    ['its table of jobs is emptied', 'TRUNCATE graphile_worker._private_jobs'],
    ['a job is removed by hand', "SELECT graphile_worker.remove_job('sendRaven:later')"],
    ['a job is given up by hand', 'UPDATE graphile_worker._private_jobs SET attempts = max_attempts'],
    [
      'a job is put off by hand',
      "UPDATE graphile_worker._private_jobs SET run_at = now() + interval '1 year'",
    ],
    [
      'a job that failed before is put off by hand',
      "UPDATE graphile_worker._private_jobs SET attempts = 2, run_at = now() + interval '1 year'",
    ],
    [
      'a job is locked by a worker that is none of ours',
      "UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'nobody', attempts = 1, run_at = now() + interval '1 year'",
    ],
  ])('while it runs, when %s', async (_, damage) => {
    const raven = testJob('outside');
    const bench = await createQueueBench({ jobs: [raven], config: { reconcileInterval: 200 } });
    await bench.start();
    const runAt = Date.now() + TOMORROW;
    bench.request('sendRaven', 'later', { runAt });
    await eventually(() => expect(bench.waiting('sendRaven', 'later')?.handedAt).not.toBeNull());

    await bench.sql(damage);

    await eventually(async () =>
      expect(await bench.sql('SELECT key, run_at, attempts, locked_by FROM graphile_worker.jobs')).toEqual([
        { key: 'sendRaven:later', run_at: new Date(runAt), attempts: 0, locked_by: null },
      ]),
    );
    expect(bench.queue.status().connected).toBe(true);
    expect(raven.started).toEqual([]);
  });

  test('also while requests come so often that the relay never rests', async () => {
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge], config: { reconcileInterval: 200 } });
    await bench.start();
    bench.request('sendRaven', 'later', { runAt: Date.now() + TOMORROW });
    await eventually(() => expect(bench.waiting('sendRaven', 'later')?.handedAt).not.toBeNull());
    let number = 0;
    const players = setInterval(() => bench.request('stokeForge', `${number++}`), 20);
    try {
      await bench.sql("DELETE FROM graphile_worker._private_jobs WHERE key = 'sendRaven:later'");
      await eventually(async () => expect(await bench.sql(queuedRavens)).toHaveLength(1));
    } finally {
      clearInterval(players);
    }
  });

  test('but a job that is just waiting for its next try is left alone', async () => {
    const forge = testJob('world', ({ id }) => {
      if (id === 'failing') throw new Error('Not today.');
    });
    const bench = await createQueueBench({ jobs: [forge], config: { reconcileInterval: 100 } });
    await bench.start();
    bench.request('stokeForge', 'failing');

    await eventually(() => expect(forge.started).toHaveLength(3));

    expect(await bench.sql('SELECT key, revision FROM graphile_worker.jobs')).toEqual([
      { key: 'stokeForge:failing', revision: 0 },
    ]);
    expect(bench.log.filter(({ lost }) => lost)).toEqual([]);
  });
});

describe('a world whose clock is moved', () => {
  test('is ahead of the machine: jobs are due by its own time', async () => {
    const ahead = 10 * TOMORROW;
    const forge = testJob('world');
    const bench = await createQueueBench({ jobs: [forge], clockOffset: ahead });
    await bench.start();
    const later = Date.now() + ahead + TOMORROW;

    bench.request('stokeForge', 'due', { runAt: Date.now() + ahead });
    bench.request('stokeForge', 'later', { runAt: later });

    await eventually(() => expect(forge.finished).toEqual(['due']));
    await eventually(async () =>
      expect(await bench.sql('SELECT key, run_at FROM graphile_worker.jobs')).toEqual([
        { key: 'stokeForge:later', run_at: new Date(later - ahead) },
      ]),
    );
  });

  test('was put forward between two runs: what is due by now runs, the rest has its new time', async () => {
    const first = await createQueueBench({ jobs: [testJob('world')] });
    await first.start();
    const start = Date.now();
    first.request('stokeForge', 'in four hours', { runAt: start + 4 * 3_600_000 });
    first.request('stokeForge', 'in two days', { runAt: start + 2 * TOMORROW });
    await eventually(() => expect(first.world.outbox.count()).toEqual({ waiting: 2, toHandOver: 0 }));
    await first.close();

    const forge = testJob('world');
    const second = await createQueueBench({ jobs: [forge], ...first, clockOffset: TOMORROW });
    await second.start();

    await eventually(() => expect(forge.finished).toEqual(['in four hours']));
    await eventually(async () =>
      expect(await second.sql('SELECT key, run_at FROM graphile_worker.jobs')).toEqual([
        { key: 'stokeForge:in two days', run_at: new Date(start + TOMORROW) },
      ]),
    );
  });

  test('was put back between two runs: nothing runs early', async () => {
    const first = await createQueueBench({ jobs: [testJob('world')], clockOffset: 2 * TOMORROW });
    await first.start();
    const runAt = Date.now() + 3 * TOMORROW;
    first.request('stokeForge', 'tomorrow', { runAt });
    await eventually(() => expect(first.world.outbox.count().toHandOver).toBe(0));
    await first.close();

    const forge = testJob('world');
    const second = await createQueueBench({ jobs: [forge], ...first, clockOffset: 0 });
    await second.start();

    await eventually(async () =>
      expect(await second.sql('SELECT run_at FROM graphile_worker.jobs')).toEqual([
        { run_at: new Date(runAt) },
      ]),
    );
    expect(forge.started).toEqual([]);
  });
});

test('a queue that gives out no jobs is not said to be running, and is used again as soon as it does', async () => {
  const forge = testJob('world');
  const bench = await createQueueBench({ jobs: [forge] });
  await bench.start();
  await bench.sql(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'out of order'; END $$;
    CREATE TRIGGER refuse BEFORE UPDATE ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION refuse()`);

  bench.request('stokeForge', 'one');
  await eventually(() =>
    expect(bench.queue.status()).toMatchObject({ connected: false, problem: 'out of order' }),
  );
  expect(forge.started).toEqual([]);
  await bench.sql('DROP FUNCTION refuse CASCADE');

  await allDone(bench);
  expect(forge.finished).toEqual(['one']);
  expect(bench.queue.status().connected).toBe(true);
});
