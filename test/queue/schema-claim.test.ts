import { expect, test } from 'vitest';
import { QueueIsTaken } from '../../src/queue/schema-claim.ts';
import { createQueueBench, eventually, temporaryDatabase, testJob } from './support.ts';

test("the queue of another world is refused, with that world's id and what to do", async () => {
  const first = await createQueueBench({ jobs: [testJob('world')] });
  await first.start();
  const second = await createQueueBench({ jobs: [testJob('world')], databaseUrl: first.databaseUrl });

  second.queue.start((error) => second.taken.push(error));
  await eventually(() => expect(second.taken).toHaveLength(1));

  expect(second.taken[0]).toBeInstanceOf(QueueIsTaken);
  expect(second.taken[0]?.message).toContain(first.world.id);
  expect(second.taken[0]?.message).toContain('JOBS_SCHEMA');
  expect(second.queue.status()).toMatchObject({ connected: false, problem: second.taken[0]?.message });
  expect(first.queue.status().connected).toBe(true);
});

test("a schema that isn't Forgeling's is refused and left as it is", async () => {
  const bench = await createQueueBench({ jobs: [testJob('world')] });
  await bench.sql('CREATE SCHEMA graphile_worker CREATE TABLE precious (stone text)');

  bench.queue.start((error) => bench.taken.push(error));
  await eventually(() => expect(bench.taken).toHaveLength(1));

  expect(bench.taken[0]?.message).toContain("isn't Forgeling's");
  expect(
    await bench.sql(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'graphile_worker'",
    ),
  ).toEqual([{ table_name: 'precious' }]);
});

test('of two worlds that start on one fresh schema, one gets it and the other is refused', async () => {
  const databaseUrl = await temporaryDatabase();
  const worlds = [
    await createQueueBench({ jobs: [testJob('world')], databaseUrl }),
    await createQueueBench({ jobs: [testJob('world')], databaseUrl }),
  ];

  for (const { queue, taken } of worlds) queue.start((error) => taken.push(error));

  await eventually(() => {
    expect(worlds.filter(({ queue }) => queue.status().connected)).toHaveLength(1);
    expect(worlds.filter(({ taken }) => taken.length === 1)).toHaveLength(1);
  });
});

test('two worlds with schemas of their own share a database', async () => {
  const databaseUrl = await temporaryDatabase();
  const north = testJob('world');
  const south = testJob('world');
  const worlds = [
    await createQueueBench({ jobs: [north], databaseUrl, config: { schema: 'north' } }),
    await createQueueBench({ jobs: [south], databaseUrl, config: { schema: 'south' } }),
  ] as const;
  for (const world of worlds) await world.start();

  worlds[0].request('stokeForge', 'in the north');
  worlds[1].request('stokeForge', 'in the south');

  await eventually(() => expect(south.finished).toEqual(['in the south']));
  await eventually(() => expect(north.finished).toEqual(['in the north']));
});

test('a schema may be called by a word of SQL', async () => {
  const forge = testJob('world');
  const bench = await createQueueBench({ jobs: [forge], config: { schema: 'user' } });
  await bench.start();

  bench.request('stokeForge', 'one');

  await eventually(() => expect(forge.finished).toEqual(['one']));
});

test('a schema that was dropped and taken by another world while the bot runs is refused', async () => {
  const first = await createQueueBench({ jobs: [testJob('world')] });
  await first.start();

  // What the bot finds when the other one has made all its tables within a moment.
  await first.sql("COMMENT ON SCHEMA graphile_worker IS 'forgeling world 42'");

  await eventually(() => expect(first.taken[0]?.message).toContain('42'));
  expect(first.queue.status().connected).toBe(false);
});
