import { expect, test } from 'vitest';
import { allDone, createQueueBench, eventually, gate, locks, testJob } from './support.ts';

const config = { worldConcurrency: 4, outsideConcurrency: 3 };

test('of a thousand jobs never more run at once than configured, and that many do', async () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const forge = testJob('world', turn);
  const raven = testJob('outside', turn);
  const bench = await createQueueBench({ jobs: [forge, raven], config });
  await bench.start();

  bench.world.transact({ cause: 'test' }, (tx) => {
    for (let number = 0; number < 500; number++) {
      tx.request({ task: 'stokeForge', id: `${number}`, payload: { id: `${number}` } });
      tx.request({ task: 'sendRaven', id: `${number}`, payload: { id: `${number}` } });
    }
  });

  await allDone(bench);
  expect([forge.finished.length, raven.finished.length]).toEqual([500, 500]);
  expect(forge.mostRunning).toBe(4);
  expect(raven.mostRunning).toBe(3);
  expect(bench.queue.status().pools).toEqual({
    world: { running: 0, mostRunning: 4, succeeded: 500, failed: 0 },
    outside: { running: 0, mostRunning: 3, succeeded: 500, failed: 0 },
  });
});

test('jobs that hang outside do not delay those of the world', async () => {
  const answer = gate();
  const forge = testJob('world');
  const raven = testJob('outside', () => answer.opened);
  const bench = await createQueueBench({ jobs: [forge, raven], config });
  await bench.start();
  for (let number = 0; number < 10; number++) bench.request('sendRaven', `${number}`);
  await eventually(() => expect(raven.running).toBe(3));

  for (let number = 0; number < 100; number++) bench.request('stokeForge', `${number}`);
  await eventually(() => expect(forge.finished).toHaveLength(100));

  expect(raven.finished).toEqual([]);
  answer.open();
  await allDone(bench);
});

test('while jobs of a lost session are still busy, the next session does not exceed the bound or run them twice', async () => {
  const answer = gate();
  const raven = testJob('outside', ({ id }) => (id.startsWith('slow') ? answer.opened : undefined));
  const bench = await createQueueBench({ jobs: [raven], config });
  await bench.start();
  for (const id of ['slow one', 'slow two']) bench.request('sendRaven', id);
  await eventually(() => expect(raven.running).toBe(2));

  await bench.sql(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  for (let number = 0; number < 50; number++) bench.request('sendRaven', `${number}`);
  await eventually(() => expect(raven.finished).toHaveLength(50));

  expect(raven.running).toBe(2);
  answer.open();
  await allDone(bench);
  expect(raven.started).toHaveLength(52);
  expect(raven.finished).toHaveLength(52);
  expect(raven.mostRunning).toBeLessThanOrEqual(3);
});

test('when all workers of a lost session are busy, those of the next one wait for a free place', async () => {
  const answer = gate();
  const raven = testJob('outside', ({ id }) => (id.startsWith('slow') ? answer.opened : undefined));
  const bench = await createQueueBench({ jobs: [raven], config });
  const slow = ['slow one', 'slow two', 'slow three'];
  await bench.start();
  for (const id of slow) bench.request('sendRaven', id);
  await eventually(() => expect(raven.running).toBe(3));
  // They are asked for again for tomorrow, so that the next workers have nothing to do with them.
  for (const id of slow) bench.request('sendRaven', id, { runAt: Date.now() + 86_400_000 });
  for (let number = 0; number < 10; number++) bench.request('sendRaven', `${number}`);

  await bench.sql('DROP SCHEMA graphile_worker CASCADE');
  await eventually(async () => expect(await locks(bench.databaseUrl)).toHaveLength(3));

  expect(raven.started).toHaveLength(3);
  answer.open();
  await eventually(() => expect(bench.world.outbox.count()).toEqual({ waiting: 3, toHandOver: 0 }));
  expect(raven.finished).toHaveLength(13);
  expect(raven.mostRunning).toBe(3);
});

test('a hundred workers in each pool get along with the connections of a small PostgreSQL', async () => {
  const forge = testJob('world');
  const raven = testJob('outside');
  const bench = await createQueueBench({
    jobs: [forge, raven],
    config: { worldConcurrency: 100, outsideConcurrency: 100 },
  });
  await bench.start();
  bench.world.transact({ cause: 'test' }, (tx) => {
    for (let number = 0; number < 1_000; number++) {
      tx.request({ task: 'stokeForge', id: `${number}`, payload: { id: `${number}` } });
      tx.request({ task: 'sendRaven', id: `${number}`, payload: { id: `${number}` } });
    }
  });
  let most = 0;
  await eventually(async () => {
    const [row] = await bench.sql(
      'SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database()',
    );
    most = Math.max(most, row?.['open'] as number);
    expect(bench.world.outbox.count().waiting).toBe(0);
  });
  await allDone(bench);
  expect(most).toBeLessThanOrEqual(35);
});
