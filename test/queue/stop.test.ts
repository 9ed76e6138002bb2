import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import {
  createQueueBench,
  eventually,
  gate,
  locks,
  openConnections,
  temporaryDatabase,
  testJob,
  unhandledRejections,
} from './support.ts';

test('waits for the job under way and leaves no lock and no connection', async () => {
  const opened = gate();
  const forge = testJob('world', () => opened.opened);
  const bench = await createQueueBench({ jobs: [forge] });
  await bench.start();
  bench.request('stokeForge', 'slow');
  await eventually(() => expect(forge.running).toBe(1));

  const stopped = bench.queue.stop();
  bench.request('stokeForge', 'too late');
  opened.open();
  await stopped;

  expect(forge.finished).toEqual(['slow']);
  expect(bench.waiting('stokeForge', 'slow')).toBeUndefined();
  expect(bench.waiting('stokeForge', 'too late')).toBeDefined();
  expect(await locks(bench.databaseUrl)).toEqual([]);
  await eventually(async () => expect(await openConnections(bench.databaseUrl)).toBe(0));
  expect(bench.queue.status()).toMatchObject({ connected: false, problem: 'The queue was stopped.' });
});

test('tells a job that goes on and on to come to an end, and its request stays', async () => {
  const raven = testJob('outside', async (_, { signal }) => {
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  const bench = await createQueueBench({ jobs: [raven] });
  await bench.start();
  bench.request('sendRaven', 'endless');
  await eventually(() => expect(raven.running).toBe(1));

  await bench.queue.stop();

  expect(raven.running).toBe(0);
  expect(bench.waiting('sendRaven', 'endless')).toBeDefined();
  expect(await locks(bench.databaseUrl)).toEqual([]);
});

test('goes on without a job that does not listen; it is free for the next process, and harmless when it ends', async () => {
  const rejections = unhandledRejections();
  const opened = gate();
  const raven = testJob('outside', () => opened.opened);
  const bench = await createQueueBench({ jobs: [raven] });
  await bench.start();
  bench.request('sendRaven', 'deaf');
  await eventually(() => expect(raven.running).toBe(1));

  await bench.queue.stop();

  expect(raven.running).toBe(1);
  expect(await locks(bench.databaseUrl)).toEqual([]);
  await eventually(async () => expect(await openConnections(bench.databaseUrl)).toBe(0));
  await bench.close();
  opened.open();
  await eventually(() => expect(raven.running).toBe(0));
  // A round through the event loop, in which a rejection would show.
  await new Promise((resolve) => setImmediate(resolve));
  expect(rejections).toEqual([]);
});

test('can be called twice, at once and later, and before the start', async () => {
  const bench = await createQueueBench({ jobs: [testJob('world')] });
  await bench.queue.stop();
  const other = await createQueueBench({ jobs: [testJob('world')] });
  await other.start();

  await Promise.all([other.queue.stop(), other.queue.stop()]);
  await other.queue.stop();

  expect(other.queue.status().connected).toBe(false);
  await eventually(async () => expect(await openConnections(other.databaseUrl)).toBe(0));
});

test('right after the start comes to an end as well', async () => {
  const bench = await createQueueBench({ jobs: [testJob('world'), testJob('outside')] });
  bench.queue.start(() => undefined);

  await bench.queue.stop();

  await eventually(async () => expect(await openConnections(bench.databaseUrl)).toBe(0));
});

test('works while there is no PostgreSQL', async () => {
  const url = new URL(await temporaryDatabase());
  url.port = '1';
  const bench = await createQueueBench({ jobs: [testJob('world')], databaseUrl: url.href });
  bench.queue.start(() => undefined);
  await eventually(() => expect(bench.queue.status().problem).toContain('nothing listens there'));

  await bench.queue.stop();

  expect(bench.queue.status()).toMatchObject({ connected: false, problem: 'The queue was stopped.' });
});

test('works while PostgreSQL does not answer any more', async () => {
  const rejections = unhandledRejections();
  const proxy = await startProxy(await temporaryDatabase());
  const forge = testJob('world');
  const bench = await createQueueBench({ jobs: [forge], databaseUrl: proxy.url });
  await bench.start();
  bench.request('stokeForge', 'one');
  await eventually(() => expect(forge.finished).toEqual(['one']));

  proxy.freeze();
  bench.request('stokeForge', 'two');
  await eventually(() => expect(bench.world.outbox.count().toHandOver).toBe(1));
  await bench.queue.stop();

  expect(bench.queue.status().connected).toBe(false);
  await eventually(() => expect(proxy.open()).toBe(0));
  expect(rejections).toEqual([]);
});

test('works while PostgreSQL has not yet answered the one who listens', async () => {
  const rejections = unhandledRejections();
  const proxy = await startProxy(await temporaryDatabase(), 'LISTEN "jobs:insert"');
  const bench = await createQueueBench({ jobs: [testJob('world')], databaseUrl: proxy.url });
  bench.queue.start(() => undefined);
  await eventually(() => expect(proxy.frozen()).toBe(true));

  await bench.queue.stop();

  await eventually(() => expect(proxy.open()).toBe(0));
  expect(rejections).toEqual([]);
});

/**
 * A way to PostgreSQL on which nothing passes any more once it is frozen, as when a cable is pulled.
 *
 * @param freezesAt what is asked of PostgreSQL when that happens by itself
 */
async function startProxy(databaseUrl: string, freezesAt?: string) {
  const target = new URL(databaseUrl);
  const clients = new Set<Socket>();
  let frozen = false;
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client)).on('error', () => undefined);
    if (frozen) return void client.resume();
    const upstream = connect(Number(target.port), target.hostname);
    upstream.on('error', () => client.destroy());
    upstream.on('data', (data) => void (frozen || client.write(data)));
    client.on('data', (data) => {
      frozen ||= freezesAt !== undefined && data.includes(freezesAt);
      if (!frozen) upstream.write(data);
    });
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const client of clients) client.destroy();
    server.close();
  });
  const url = new URL(databaseUrl);
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    freeze: () => {
      frozen = true;
    },
    frozen: () => frozen,
    open: () => clients.size,
  };
}
