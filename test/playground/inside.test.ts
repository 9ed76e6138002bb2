import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { buildAnvil } from '../../playground/anvil.ts';
import { BotProcess } from '../../playground/botProcess.ts';
import { LoopbackDiscord } from '../../playground/discord/index.ts';
import { Inside } from '../../playground/inside/inside.ts';
import { Page } from '../../playground/page/page.ts';
import type { Inside as InsideView, Trail, TrailStep } from '../../playground/page/protocol.ts';
import { startArguments } from '../../playground/startScript.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { SETTINGS } from '../../src/config/schema.ts';
import { createDatabaseOn } from '../queue/postgres/support.ts';
import { testPieces } from '../support/bot-process.ts';
import { temporaryFolder } from '../support/game.ts';
import { visit } from './onPage.ts';

const NOTHING_SET = Object.fromEntries(SETTINGS.map(({ variable }) => [variable, '']));

/** The playground without its terminal: the real bot, its Discord, and what is seen of its inside. */
async function openInside(environment: Readonly<Record<string, string>>) {
  const folder = temporaryFolder('inside');
  const discord = await LoopbackDiscord.start({ answerWithin: 15_000 });
  const anvil = buildAnvil(discord);
  const bot = new BotProcess({
    args: await startArguments(PROJECT_ROOT),
    directory: PROJECT_ROOT,
    firstPause: 10,
    environment: {
      ...process.env,
      ...NOTHING_SET,
      NODE_COMPILE_CACHE: join(PROJECT_ROOT, 'node_modules/.cache/node-compile-cache'),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATA_DIR: folder,
      JOBS_DATABASE_URL: await createDatabaseOn(inject('postgresUrl')),
      JOBS_POLL_INTERVAL: '100',
      BACKUPS_KEEP_DAYS: '0',
      GAME_GREETING: 'false',
      GAME_ENGAGEMENT_COMMAND: '0',
      DEVELOPMENT_INSPECT: 'true',
      ...environment,
    },
  });
  const inside = new Inside(discord, bot);
  const page = new Page(discord);
  page.follow(inside);
  discord.servePage((request, response, url) => page.answer(request, response, url));
  onTestFinished(async () => {
    await bot.stop();
    inside.close();
    page.close();
    await discord.stop();
    await rm(folder, { recursive: true, force: true });
  });
  bot.start();
  await discord.whenReady({ within: 60_000 });
  return { discord, anvil, bot, inside };
}

/** Waits until what is seen of the inside is so; asks anew whenever something of it changes. */
function until<Found>(inside: Inside, find: (view: InsideView) => Found | undefined | false): Promise<Found> {
  const { promise, resolve } = Promise.withResolvers<Found>();
  const look = () => {
    const found = find(inside.view());
    if (found === undefined || found === false) return;
    inside.off('trail', look);
    inside.off('inside', look);
    resolve(found);
  };
  inside.on('trail', look);
  inside.on('inside', look);
  look();
  return promise;
}

/** The story of a command, once it has a step. */
function storyOf(inside: Inside, title: string, hasStep: (step: TrailStep) => boolean): Promise<Trail> {
  return until(inside, ({ trails }) =>
    trails.find((trail) => trail.title === title && trail.steps.some(hasStep)),
  );
}

/** What led to a step, from the beginning on. */
function wayTo({ steps }: Trail, isIt: (step: TrailStep) => boolean): string[] {
  const way: string[] = [];
  let step = steps.find(isIt);
  while (step) {
    const { kind, title, parentId } = step;
    way.unshift(`${kind} ${title}`);
    step = steps.find(({ id }) => id === parentId);
  }
  return way;
}

function is(kind: TrailStep['kind'], title: string | RegExp) {
  return (step: TrailStep) => step.kind === kind && new RegExp(title).test(step.title);
}

const isTold = (step: TrailStep) => step.kind === 'message' && step.state === 'done';

async function ask(discord: LoopbackDiscord, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const post = body && { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch(`${discord.url}/play/${path}`, post)).json();
}

test('a craft is one story, from the command to the message that tells that it is done', async () => {
  const { discord, anvil, inside } = await openInside({ GAME_SPEED: '60' });
  const stream = await visit(discord.url).listen(anvil.mira.id);
  const answer = await discord
    .as(anvil.mira, anvil.workshop)
    .command('/craft', { recipe: 'campfire' })
    .message();
  const trail = await storyOf(inside, '/craft', isTold);

  expect(trail).toMatchObject({ userId: anvil.mira.id, channelId: anvil.workshop.id });
  expect(trail.steps[0]).toMatchObject({
    kind: 'interaction',
    title: '/craft',
    parentId: null,
    state: 'done',
  });
  expect(trail.steps.find(({ kind }) => kind === 'answer')).toMatchObject({
    state: 'done',
    place: { channelId: anvil.workshop.id, messageId: answer.id },
  });
  expect(wayTo(trail, is('event', 'craftStarted'))).toEqual([
    'interaction /craft',
    'transaction Transaction',
    'event craftStarted',
  ]);
  const way = wayTo(trail, isTold);
  expect(way.slice(0, 8)).toEqual([
    'interaction /craft',
    'transaction Transaction',
    'job completeCrafting',
    'run completeCrafting',
    'transaction Transaction',
    'event itemCrafted',
    'listener tellCraftFinished',
    'job discordNotify',
  ]);
  // In between, it may have been put back once or twice: not yet.
  expect(way.slice(-3)).toEqual([
    'run discordNotify',
    'request POST /channels/…/messages → 200',
    'message Message in #workshop',
  ]);
  expect(trail.steps.filter(({ state }) => state === 'failed')).toEqual([]);
  const told = trail.steps.find(isTold);
  expect(discord.directory.message(anvil.workshop.id, told?.place?.messageId ?? '')).toBeDefined();
  // Each comes after what led to it.
  const order = trail.steps.map(({ id }) => id);
  for (const { id, parentId } of trail.steps)
    if (parentId !== null) expect(order.indexOf(parentId)).toBeLessThan(order.indexOf(id));

  await until(inside, ({ state }) => state.queue.connected);
  await stream.until('event: inside');
  expect(await stream.until('"title":"/craft"')).toContain('event: trail');
  stream.end();
  expect(await ask(discord, 'inside')).toMatchObject({
    trails: [{ title: '/craft' }, { title: 'Start of the bot' }],
  });
  expect(await ask(discord, 'bend/finish', {})).toEqual({
    refused: 'Nothing is under way that could finish: start a craft or a trip first',
  });
});

test('a listener that fails is shown with its error, its delivery in the state, and its next try in the same story', async () => {
  const faults = temporaryFolder('faults');
  mkdirSync(faults, { recursive: true });
  writeFileSync(join(faults, 'throw'), '');
  const { discord, anvil, inside } = await openInside({
    GAME_SPEED: '60',
    DEVELOPMENT_PIECES: testPieces('failing-listeners'),
    TEST_FAULTS: faults,
  });
  await discord.as(anvil.mira, anvil.workshop).command('/craft', { recipe: 'campfire' }).message();
  const hasFailed = (step: TrailStep) => is('listener', 'countThenThrow')(step) && step.state === 'failed';
  const trail = await storyOf(inside, '/craft', hasFailed);
  expect(trail.steps.find(hasFailed)?.error).toBe('The fault of the test.');
  // What it published before it threw has never been.
  expect(wayTo(trail, is('event', 'userLeveledUp'))).toEqual([]);
  const owed = await until(inside, ({ state }) =>
    state.deliveries.find(({ listener }) => listener === 'countThenThrow'),
  );
  expect(owed).toMatchObject({ event: 'itemCrafted', state: 'pending', error: 'The fault of the test.' });

  rmSync(join(faults, 'throw'));
  const hasSucceeded = (step: TrailStep) => is('listener', 'countThenThrow')(step) && step.state === 'done';
  expect(wayTo(await storyOf(inside, '/craft', hasSucceeded), hasSucceeded).slice(-7)).toEqual([
    'event itemCrafted',
    'listener countThenThrow',
    'job retryDelivery',
    'run retryDelivery',
    'transaction Transaction',
    'event itemCrafted',
    'listener countThenThrow',
  ]);
  await until(inside, ({ state }) => state.deliveries.length === 0);
});

test('a story outlives the bot: what runs after it was killed and started again belongs to it', async () => {
  const { discord, anvil, bot, inside } = await openInside({ GAME_SPEED: '0.01' });
  await discord.as(anvil.mira, anvil.workshop).command('/craft', { recipe: 'campfire' }).message();
  const before = await storyOf(inside, '/craft', is('job', 'completeCrafting'));

  const mark = discord.mark();
  process.kill(bot.pid ?? 0, 'SIGKILL');
  await until(inside, ({ state }) => state.queue.problem === 'The bot is not running.');
  const after = inside.view().trails.find(({ id }) => id === before.id);
  expect(after?.steps.find(is('job', 'completeCrafting'))).toMatchObject({ state: 'waiting' });

  await discord.whenReady({ after: mark, within: 60_000 });
  expect(await ask(discord, 'bend/finish', {})).toEqual({
    kind: 'bent',
    words: 'Mira’s craft (campfire) is ready now',
  });
  const trail = await storyOf(inside, '/craft', isTold);
  expect(trail.id).toBe(before.id);
  expect(wayTo(trail, isTold)).toContain('run completeCrafting');
  const jobs = trail.steps.filter(is('job', 'completeCrafting'));
  expect(jobs.map(({ state }) => state)).toEqual(['done', 'done']);
});
