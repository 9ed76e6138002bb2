import { expect, onTestFinished, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import type { Note } from '../../src/ops/inspection/notes.ts';
import { Inspector } from '../../src/ops/inspector.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { JobQueue } from '../../src/queue/job-queue.ts';
import { World } from '../../src/world/world.ts';
import { FakeClock } from '../support/game.ts';

const clock = new FakeClock();
const logger = createLogger('silent');

/** An inspector and what it tells, in a process that has a parent on the same machine. */
function open(apiUrl = 'http://127.0.0.1:1/api') {
  const config = configSchema.parse({
    discord: { token: 'token', apiUrl },
    development: { inspect: true },
  });
  const notes: Note[] = [];
  const parent = {
    connected: true,
    send: (note: unknown) => notes.push(note as Note) > 0, // It sends nothing else.
    on: () => undefined,
    off: () => undefined,
  };
  const inspector = Inspector.open({ config, clock, logger, parent });
  if (!inspector) throw new Error('it is wanted');
  return { config, inspector, notes };
}

test('a job that has failed is counted for as long as somebody waits for it', async () => {
  const { config, inspector, notes } = open();
  const world = new World({ file: ':memory:', clock, dispatcher: { dispatch: () => undefined } });
  onTestFinished(() => world.close());
  const server = {
    description: 'one that is never asked for',
    ensureRunning: () => Promise.reject(new Error('nobody needs it')),
    stop: () => Promise.resolve(),
  };
  const queue = new JobQueue({ world, server, jobs: [], config: config.jobs, logger });
  const deeds = { finishNext: () => null };
  const payload = { craftId: 'c1' };
  world.transact({ cause: 'test' }, (tx) => tx.request({ task: 'completeCrafting', id: 'c1', payload }));
  const key = 'completeCrafting:c1';
  const broken = () => Promise.reject(new Error('It broke'));
  await expect(inspector.watch({ key, task: 'completeCrafting' }, broken)).rejects.toThrow('It broke');
  const failed = () => {
    inspector.begins({ world, queue, deeds })();
    return notes.findLast((note) => note.kind === 'state')?.queue.failed;
  };
  expect(failed()).toBe(1);
  world.outbox.settle(world.outbox.find(key)?.revision ?? 0);
  expect(failed()).toBe(0);
});

test.each([
  ['http://127.0.0.1:1/api', 'http://127.0.0.1:1/api/v10'],
  ['http://127.0.0.1:1/api/', 'http://127.0.0.1:1/api/v10'],
  ['http://127.0.0.1:1/api', 'http://127.0.0.1:1/proxy//api/v10'],
])('with Discord at %s, a request to %s is told without its token', async (apiUrl, base) => {
  const { inspector, notes } = open(apiUrl);
  for (const path of ['/interactions/12/secret/callback', '/webhooks/12/secret/messages/@original?x=1'])
    await inspector.watchRequest({ method: 'POST', url: base + path }, async () => ({ status: 204 }));
  const paths = notes.flatMap((note) => (note.kind === 'request' ? [note.path] : []));
  expect(paths).toEqual([
    expect.stringMatching(/\/interactions\/12\/…\/callback$/),
    expect.stringMatching(/\/webhooks\/12\/…\/messages\/@original$/),
  ]);
});
