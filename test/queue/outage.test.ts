import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { execute, startTestPostgres, type TestPostgres } from './postgres/support.ts';
import {
  allDone,
  createQueueBench,
  eventually,
  gate,
  locks,
  openConnections,
  type QueueBench,
  testJob,
  unhandledRejections,
} from './support.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(() => postgres.startServer());
afterAll(() => postgres.destroy());

const modes = ['fast', 'immediate'] as const;

test.each(modes)('PostgreSQL goes away (%s) while nothing is to be done, and comes back', async (mode) => {
  const rejections = unhandledRejections();
  const forge = testJob('world');
  const bench = await createQueueBench({ jobs: [forge], databaseUrl: await postgres.createDatabase() });
  await bench.start();

  await postgres.stopServer(mode);
  await lost(bench);
  // A command does not notice.
  bench.request('stokeForge', 'while it was away');
  bench.request('stokeForge', 'for later', { runAt: Date.now() + 500 });
  expect(forge.started).toEqual([]);
  await postgres.startServer();

  await whole(bench);
  expect(forge.finished.toSorted()).toEqual(['for later', 'while it was away']);
  expect(rejections).toEqual([]);
});

test.each(modes)('PostgreSQL goes away (%s) while jobs run, which go on and are done once', async (mode) => {
  const rejections = unhandledRejections();
  const opened = gate();
  const forge = testJob('world', ({ id }) => (id === 'slow' ? opened.opened : undefined));
  const raven = testJob('outside', () => opened.opened);
  const bench = await createQueueBench({
    jobs: [forge, raven],
    databaseUrl: await postgres.createDatabase(),
  });
  await bench.start();
  bench.request('stokeForge', 'slow');
  for (let number = 0; number < 8; number++) bench.request('sendRaven', `${number}`);
  await eventually(() => expect([forge.running, raven.running]).toEqual([1, 5]));

  await postgres.stopServer(mode);
  await lost(bench);
  bench.request('stokeForge', 'meanwhile');
  await postgres.startServer();
  // The session is new and works before the old jobs have ended.
  await eventually(() => expect(forge.finished).toEqual(['meanwhile']));
  opened.open();

  await whole(bench);
  expect(forge.started.map(({ id }) => id).toSorted()).toEqual(['meanwhile', 'slow']);
  expect(raven.finished.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  expect(raven.mostRunning).toBe(5);
  expect(rejections).toEqual([]);
});

test.each(modes)('PostgreSQL goes away (%s) while it is told that jobs have ended', async (mode) => {
  const rejections = unhandledRejections();
  const opened = gate();
  const forge = testJob('world', () => opened.opened);
  const raven = testJob('outside', async ({ id }) => {
    await opened.opened;
    if (id === 'failing' && raven.started.length === 2) throw new Error('Lost.');
  });
  const bench = await createQueueBench({
    jobs: [forge, raven],
    databaseUrl: await postgres.createDatabase(),
  });
  await bench.start();
  for (const id of ['one', 'two']) bench.request('stokeForge', id);
  for (const id of ['three', 'failing']) bench.request('sendRaven', id);
  await eventually(() => expect([forge.running, raven.running]).toEqual([2, 2]));

  const release = await lockJobs(bench.databaseUrl);
  opened.open();
  await eventually(async () => expect(await blockedEndings(bench.databaseUrl)).toBeGreaterThanOrEqual(3));
  await postgres.stopServer(mode);
  await lost(bench);
  release();
  expect(bench.world.outbox.count().waiting).toBe(1);
  await postgres.startServer();

  await whole(bench);
  expect(forge.finished.toSorted()).toEqual(['one', 'two']);
  expect(raven.finished.toSorted()).toEqual(['failing', 'three']);
  expect(rejections).toEqual([]);
});

test('PostgreSQL goes away while jobs end whose sessions have already been lost', async () => {
  const rejections = unhandledRejections();
  const gates = [gate(), gate(), gate()];
  const raven = testJob('outside', ({ id }) => gates[Number(id)]?.opened);
  const bench = await createQueueBench({ jobs: [raven], databaseUrl: await postgres.createDatabase() });
  await bench.start();
  for (const [number, { open }] of gates.entries()) {
    bench.request('sendRaven', `${number}`);
    await eventually(() => expect(raven.started).toHaveLength(number + 1));
    await postgres.stopServer('immediate');
    await lost(bench);
    if (number > 0) open();
    await postgres.startServer();
    await eventually(() => expect(bench.queue.status().connected).toBe(true));
  }
  gates[0]?.open();

  await whole(bench);
  expect(raven.started.map(({ id }) => id)).toEqual(['0', '1', '2']);
  expect(rejections).toEqual([]);
});

test('PostgreSQL goes away again and again under use; nothing is lost, and nothing leaks', async () => {
  const rejections = unhandledRejections();
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  const forge = testJob('world');
  const raven = testJob('outside');
  const bench = await createQueueBench({
    jobs: [forge, raven],
    databaseUrl: await postgres.createDatabase(),
  });
  await bench.start();
  let made = 0;
  const players = setInterval(() => {
    bench.request('stokeForge', `${made}`);
    bench.request('sendRaven', `${made}`);
    made++;
  }, 5);

  for (let round = 0; round < 6; round++) {
    await postgres.stopServer(round % 2 === 0 ? 'fast' : 'immediate');
    await lost(bench);
    await postgres.startServer();
    const before = forge.finished.length;
    await eventually(() => expect(forge.finished.length).toBeGreaterThan(before + 20));
  }
  clearInterval(players);

  await whole(bench);
  expect(new Set(forge.finished).size).toBe(made);
  expect(new Set(raven.finished).size).toBe(made);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  expect(rejections).toEqual([]);
});

/** Keeps everybody from the table of jobs, until the connection that does it is gone. */
async function lockJobs(connectionString: string): Promise<() => void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('BEGIN; LOCK TABLE graphile_worker._private_jobs');
  return () => void client.end().catch(() => undefined);
}

/** How many statements that end a job wait for the table. */
async function blockedEndings(databaseUrl: string): Promise<number> {
  const [row] = await execute(
    databaseUrl,
    `SELECT count(*)::int AS blocked FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND (query LIKE 'delete from%' OR query LIKE '%last_error = (el%')`,
  );
  return row?.['blocked'] as number;
}

/** Waits until the queue says that it is away. */
async function lost({ queue }: QueueBench): Promise<void> {
  await eventually(() =>
    expect(queue.status()).toMatchObject({ connected: false, problem: expect.stringMatching(/./) }),
  );
}

/** Waits until everything is done with the same queue, and stops it. */
async function whole(bench: QueueBench): Promise<void> {
  await allDone(bench);
  expect(bench.queue.status()).toMatchObject({ connected: true, problem: undefined });
  expect(await locks(bench.databaseUrl)).toEqual([]);
  await bench.queue.stop();
  await eventually(async () => expect(await openConnections(bench.databaseUrl)).toBe(0));
}
