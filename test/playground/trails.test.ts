import { expect, onTestFinished, test } from 'vitest';
import { MOST_STEPS } from '../../playground/inside/trailBuilder.ts';
import { MOST_TRAILS, Trails } from '../../playground/inside/trails.ts';
import type { Trail } from '../../playground/page/protocol.ts';
import {
  MOST_ROWS,
  type RunNote,
  type StateNote,
  type TransactionNote,
} from '../../src/ops/inspection/notes.ts';
import { openPageWithInside } from './onPage.ts';

const CRAFT = 'completeCrafting:c1';

function begin(trails: Trails, id: string): void {
  const root = { kind: 'interaction', title: '/craft', state: 'done', at: 1 } as const;
  trails.beginInteraction(id, { title: '/craft', userId: 'mira', channelId: 'workshop', root });
}

function transaction(more: Partial<TransactionNote>): TransactionNote {
  const what = { id: 't', cause: 'something', at: 1, took: 1, events: [], jobs: [], more: 0 } as const;
  return { kind: 'transaction', outcome: 'committed', ...what, ...more };
}

function asking(...keys: readonly string[]) {
  return keys.map((key) => {
    const [task = '', id = ''] = key.split(':');
    return { task, id, key, dueAt: 10, payload: {} };
  });
}

function run(state: RunNote['state'], key = CRAFT, number = 1): RunNote {
  const failure = state === 'failed' ? { error: 'It broke' } : {};
  return { kind: 'run', run: number, key, task: key.split(':')[0] ?? '', state, at: 20, took: 1, ...failure };
}

/** What the bot waits for: these keys. */
function state(...keys: readonly string[]): StateNote {
  const queue = { connected: true, problem: null, running: 0, ready: 0, waiting: 0, failed: 0 };
  const outbox = asking(...keys).map(({ key: _key, ...row }) => ({ ...row, handed: true }));
  return { kind: 'state', queue, outbox, deliveries: [] };
}

function steps(trails: Trails): string[][] {
  return trails
    .list(MOST_TRAILS)
    .map((trail) => trail.steps.map(({ kind, title, state }) => `${kind} ${title} ${state}`));
}

test('a job belongs to the story that asked for it last; every story that waited for it sees that it is done', () => {
  const trails = new Trails();
  for (const id of ['1', '2']) {
    begin(trails, id);
    trails.note(transaction({ interactionId: id, jobs: asking('discordNotify:workshop') }));
  }
  trails.note(run('started', 'discordNotify:workshop'));
  trails.note(transaction({ within: 'discordNotify:workshop' }));
  trails.note(run('ended', 'discordNotify:workshop'));
  const asked = ['interaction /craft done', 'transaction Transaction done', 'job discordNotify done'];
  expect(steps(trails)).toEqual([
    [...asked, 'run discordNotify done', 'transaction Transaction done'],
    asked,
  ]);
});

test('a run that fails is told with its error, and the next one belongs to the same story', () => {
  const trails = new Trails();
  begin(trails, '1');
  trails.note(transaction({ interactionId: '1', jobs: asking(CRAFT) }));
  trails.note(run('started'));
  trails.note(run('failed'));
  expect(trails.list(1)[0]?.steps.at(-1)).toMatchObject({ kind: 'run', state: 'failed', error: 'It broke' });
  expect(steps(trails)[0]).toContain('job completeCrafting failed');
  trails.note(run('started', CRAFT, 2));
  trails.note(run('ended', CRAFT, 2));
  expect(steps(trails)).toEqual([
    [
      'interaction /craft done',
      'transaction Transaction done',
      'job completeCrafting done',
      'run completeCrafting failed',
      'run completeCrafting done',
    ],
  ]);
});

test('what runs when the bot is killed has failed, and is waited for again', () => {
  const trails = new Trails();
  begin(trails, '1');
  trails.note(transaction({ interactionId: '1', jobs: asking(CRAFT) }));
  trails.note(run('started'));
  trails.botEnded('The bot has stopped (signal SIGKILL)');
  expect(steps(trails)[0]?.slice(-2)).toEqual([
    'job completeCrafting waiting',
    'run completeCrafting failed',
  ]);
  // The numbers of runs begin anew with each process.
  trails.note(run('started'));
  trails.note(run('ended'));
  expect(steps(trails)[0]?.slice(-3)).toEqual([
    'job completeCrafting done',
    'run completeCrafting failed',
    'run completeCrafting done',
  ]);
});

test('what a command of the developer, or the next command of a player, does about a job belongs to its story', () => {
  const trails = new Trails();
  begin(trails, '1');
  trails.note(transaction({ interactionId: '1', jobs: asking(CRAFT) }));
  trails.note(transaction({ cause: 'finish next:x', jobs: asking(CRAFT) }));
  trails.note(transaction({ cause: 'due:c1', events: [] }));
  expect(steps(trails)).toEqual([
    [
      'interaction /craft done',
      'transaction Transaction done',
      'job completeCrafting waiting',
      'transaction Transaction done',
      'job completeCrafting waiting',
      'transaction Transaction done',
    ],
  ]);
});

test('a job of which nobody knows who asked for it begins a story of its own', () => {
  const trails = new Trails();
  trails.note(run('started', 'backUpWorld:daily'));
  trails.note(run('ended', 'backUpWorld:daily'));
  expect(trails.list(1)).toMatchObject([{ title: 'backUpWorld', userId: null, channelId: null }]);
});

test('a transaction in which nothing happens begins no story', () => {
  const trails = new Trails();
  trails.note(transaction({ cause: 'invalid answer:x' }));
  expect(trails.list(1)).toEqual([]);
});

test('a story of which nothing has changed is not told again', () => {
  const trails = new Trails();
  let told = 0;
  trails.on('changed', () => told++);
  trails.note({ kind: 'start', pid: 1, at: 1 });
  const request = { kind: 'request', method: 'GET', path: '/x', status: 200, at: 2, took: 1 } as const;
  const start = trails.placeOf(request);
  if (!start) throw new Error('it belongs to the start');
  const step = { kind: 'request', title: 'GET /x', state: 'done', at: 2 } as const;
  for (let count = 1; count < MOST_STEPS; count++) trails.add(start, step);
  expect(told).toBe(MOST_STEPS);
  trails.add(start, step);
  trails.note(transaction({ cause: 'start of backups', jobs: asking(CRAFT) }));
  expect(told).toBe(MOST_STEPS);
  trails.change(start, { state: 'failed' });
  expect(told).toBe(MOST_STEPS + 1);
});

test('an open page is told of a story only what it has not heard yet; one that opens reads it whole', async () => {
  const { anvil, listen, tellInside, ask, close } = await openPageWithInside();
  onTestFinished(close);
  const heard = await listen(anvil.mira.id);
  const request = { kind: 'request', method: 'GET', status: 200, at: 2, took: 1 } as const;
  tellInside({ kind: 'start', pid: 1, at: 1 });
  await heard.until('Start of the bot');
  tellInside({ ...request, path: '/one' });
  await heard.until('GET /one → 200');
  tellInside({ ...request, path: '/two' });
  const all = await heard.until('GET /two → 200');
  heard.end();
  const trails = all.split('\n\n').filter((event) => event.startsWith('event: trail\n'));
  const told = trails.map((event) => JSON.parse(event.slice('event: trail\ndata: '.length)) as Trail);
  expect(told.map(({ title, steps }) => [title, ...steps.map((step) => step.title)])).toEqual([
    ['Start of the bot', 'Start of the bot'],
    ['Start of the bot', 'GET /one → 200'],
    ['Start of the bot', 'GET /two → 200'],
  ]);
  expect(await ask('inside')).toMatchObject({ trails: [{ steps: told.flatMap(({ steps }) => steps) }] });
});

test('what the bot could not tell is a story too: those of that time have holes', () => {
  const trails = new Trails();
  trails.note({ kind: 'gap', left: 20, runs: [] });
  begin(trails, '1');
  trails.note({ kind: 'gap', left: 1, runs: [] });
  expect(steps(trails)).toEqual([
    ['interaction /craft done'],
    ['run 20 notes were left out failed', 'run 1 note was left out failed'],
  ]);
  expect(trails.list(2)[1]).toMatchObject({ title: 'The bot told more than could be read' });
});

test('a run whose end was among what was left out runs no longer; the next one belongs to the same story', () => {
  const trails = new Trails();
  begin(trails, '1');
  trails.note(transaction({ interactionId: '1', jobs: asking(CRAFT, 'finishGathering:t1') }));
  trails.note(run('started'));
  trails.note(run('started', 'finishGathering:t1', 2));
  trails.note({ kind: 'gap', left: 3, runs: [2] });
  const story = () => steps(trails)[1]?.slice(2);
  expect(story()).toEqual([
    'job completeCrafting unseen',
    'job finishGathering running',
    'run completeCrafting unseen',
    'run finishGathering running',
  ]);
  trails.note(run('ended', 'finishGathering:t1', 2));
  trails.note(run('started', CRAFT, 3));
  trails.botEnded('The bot was stopped');
  expect(story()).toEqual([
    'job completeCrafting waiting',
    'job finishGathering done',
    'run completeCrafting unseen',
    'run finishGathering done',
    'run completeCrafting failed',
  ]);
});

test.each([
  ['after notes were left out', (trails: Trails) => trails.note({ kind: 'gap', left: 3, runs: [] })],
  ['after the bot has ended', (trails: Trails) => trails.botEnded('The bot was stopped')],
])('a job that nobody waits for %s is over, though its run was not seen', (_when, lose) => {
  const trails = new Trails();
  begin(trails, '1');
  trails.note(transaction({ interactionId: '1', jobs: asking(CRAFT, 'finishGathering:t1') }));
  const jobs = () => steps(trails).flatMap((story) => story.filter((step) => step.startsWith('job')));
  const waiting = ['job completeCrafting waiting', 'job finishGathering waiting'];
  // Nothing was lost yet: what is over will be told.
  trails.note(state());
  expect(jobs()).toEqual(waiting);
  lose(trails);
  trails.note(state(...Array.from({ length: MOST_ROWS }, (_row, index) => `backUpWorld:${index}`)));
  expect(jobs()).toEqual(waiting);
  trails.note(state('finishGathering:t1'));
  expect(jobs()).toEqual(['job completeCrafting unseen', 'job finishGathering waiting']);
  trails.note(run('started', 'finishGathering:t1'));
  trails.note(run('ended', 'finishGathering:t1'));
  expect(jobs()).toEqual(['job completeCrafting unseen', 'job finishGathering done']);
});

test('neither stories nor their steps grow without end; a chain of jobs goes on in a story of its own', () => {
  const trails = new Trails();
  for (let id = 0; id < MOST_TRAILS + 10; id++) begin(trails, String(id));
  expect(trails.list(1_000)).toHaveLength(MOST_TRAILS);
  expect(trails.interaction('0')).toBeUndefined();

  const chained = new Trails();
  begin(chained, '1');
  chained.note(transaction({ interactionId: '1', jobs: asking(CRAFT) }));
  for (let number = 0; number < MOST_STEPS; number++) {
    chained.note(run('started', CRAFT, number));
    chained.note(transaction({ within: CRAFT, jobs: asking(CRAFT) }));
    chained.note(run('ended', CRAFT, number));
  }
  const stories = chained.list(1_000);
  expect(stories.length).toBeGreaterThan(1);
  for (const { steps } of stories) expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
});
