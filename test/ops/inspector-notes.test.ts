import { expect, onTestFinished, test, vi } from 'vitest';
import { type Config, configSchema } from '../../src/config/schema.ts';
import { MOST_ON_THEIR_WAY, type ParentChannel } from '../../src/ops/inspection/note-stream.ts';
import type { Note } from '../../src/ops/inspection/notes.ts';
import { type Inspected, Inspector } from '../../src/ops/inspector.ts';
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
  const onTheirWay: (() => void)[] = [];
  const parent: ParentChannel = {
    connected: true,
    send: (note, _handle, _options, callback) => {
      notes.push(note as Note); // It sends nothing else.
      onTheirWay.push(() => callback(null));
      return true;
    },
    on: () => undefined,
    off: () => undefined,
  };
  const inspector = Inspector.open({ config, clock, logger, parent });
  if (!inspector) throw new Error('it is wanted');
  /** Reads all that is on its way. */
  const read = () => {
    for (const told of onTheirWay.splice(0)) told();
  };
  /** Lets so much be told that nothing more is. */
  const fill = async () => {
    const request = { method: 'GET', url: `${apiUrl}/v10/gateway` };
    for (let count = notes.length; count < MOST_ON_THEIR_WAY; count++)
      await inspector.watchRequest(request, async () => ({ status: 200 }));
  };
  return { config, inspector, notes, read, fill };
}

/** A world, the queue that is never started, and nothing to do. */
function inspected(config: Config): Inspected {
  const world = new World({ file: ':memory:', clock, dispatcher: { dispatch: () => undefined } });
  onTestFinished(() => world.close());
  const server = {
    description: 'one that is never asked for',
    ensureRunning: () => Promise.reject(new Error('nobody needs it')),
    stop: () => Promise.resolve(),
  };
  const queue = new JobQueue({ world, server, jobs: [], config: config.jobs, logger });
  return { world, queue, deeds: { finishNext: () => null } };
}

test('a job that has failed is counted for as long as somebody waits for it', async () => {
  const { config, inspector, notes } = open();
  const whole = inspected(config);
  const { world } = whole;
  const payload = { craftId: 'c1' };
  world.transact({ cause: 'test' }, (tx) => tx.request({ task: 'completeCrafting', id: 'c1', payload }));
  const key = 'completeCrafting:c1';
  const broken = () => Promise.reject(new Error('It broke'));
  await expect(inspector.watch({ key, task: 'completeCrafting' }, broken)).rejects.toThrow('It broke');
  const failed = () => {
    inspector.begins(whole)();
    return notes.findLast((note) => note.kind === 'state')?.queue.failed;
  };
  expect(failed()).toBe(1);
  world.outbox.settle(world.outbox.find(key)?.revision ?? 0);
  expect(failed()).toBe(0);
});

test('after notes were left out, it is told which jobs still run: the ends of others may have been among them', async () => {
  const { inspector, notes, read, fill } = open();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const task = 'completeCrafting';
  const short = inspector.watch({ key: `${task}:c1`, task }, () => first.promise);
  const long = inspector.watch({ key: `${task}:c2`, task }, () => second.promise);
  await fill();
  first.resolve();
  await short;
  read();
  second.resolve();
  await long;
  expect(notes.slice(MOST_ON_THEIR_WAY)).toEqual([
    { kind: 'gap', left: 1, runs: [2] },
    expect.objectContaining({ kind: 'run', run: 2, state: 'ended' }),
  ]);
});

test('a state that was left out is told the next time', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { config, inspector, notes, read, fill } = open();
  await fill();
  const end = inspector.begins(inspected(config));
  read();
  vi.advanceTimersByTime(1_000);
  end();
  expect(notes.slice(MOST_ON_THEIR_WAY).map(({ kind }) => kind)).toEqual(['gap', 'state']);
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
