import { expect, test } from 'vitest';
import { MOST_ON_THEIR_WAY, NoteStream, type ParentChannel } from '../../src/ops/inspection/note-stream.ts';
import { bounded } from '../../src/ops/inspection/notes.ts';
import { Stage } from '../support/stage.ts';

const FINISH_NEXT = { ask: 7, command: { do: 'finishNext' } };
/** What is made takes its time, however slow this machine is. */
const SLOWLY = { GAME_SPEED: '0.01' };
const INSPECTED = { DEVELOPMENT_INSPECT: 'true', ...SLOWLY };

test('a bot of which nobody wants to see the inside tells nothing and obeys nobody', async () => {
  const stage = await Stage.open({ environment: { DEVELOPMENT_INSPECT: 'false', ...SLOWLY } });
  await stage.craft('campfire');
  stage.bot.send(FINISH_NEXT);
  await stage.discord.as(stage.mira, stage.workshop).command('/crafting').message();
  expect(stage.count("crafts WHERE state = 'active'")).toBe(1);
  await stage.bot.stop();
  expect(stage.bot.notes).toEqual([]);
});

test('neither does one whose Discord is not on this machine; it says so in its log', async () => {
  const stage = await Stage.set({ environment: INSPECTED });
  // An address of this machine that nobody listens on, and that is none of those by which one means this machine.
  const bot = stage.launchBot({ DISCORD_API_URL: 'http://127.0.0.2:1/api' });
  bot.send(FINISH_NEXT);
  await bot.logged(({ msg }) => msg === 'The queue is running.');
  const warnings = bot.log.filter(({ msg }) => msg.startsWith('development.inspect'));
  expect(warnings).toMatchObject([
    { level: 'warn', msg: 'development.inspect is on and does nothing: Discord is not on this machine.' },
  ]);
  await bot.stop();
  expect(bot.notes).toEqual([]);
});

test('a bot tells of each transaction, its events, their listeners and the jobs that were asked for', async () => {
  const stage = await Stage.open({ environment: INSPECTED });
  const { bot, mira, guild } = stage;
  expect(bot.notes[0]).toMatchObject({ kind: 'start', pid: bot.pid });
  await stage.craft('campfire');
  const crafted = await bot.noted('transaction', ({ interactionId }) => interactionId !== undefined);
  const craftStarted = crafted.events.find(({ name }) => name === 'craftStarted');
  const [craft] = stage.query<{ id: string; completes_at: number }>('SELECT id, completes_at FROM crafts');
  expect(crafted).toMatchObject({
    cause: expect.stringMatching(/^interaction:\d+$/),
    interactionId: expect.stringMatching(/^\d+$/),
    outcome: 'committed',
    more: 0,
  });
  expect(craftStarted).toMatchObject({ guildId: guild.id, userId: mira.id, data: { craftId: craft?.id } });
  expect(crafted.jobs).toContainEqual(
    expect.objectContaining({
      key: `completeCrafting:${craft?.id}`,
      dueAt: craft?.completes_at,
      payload: { craftId: craft?.id },
    }),
  );

  await stage.discord.as(mira, stage.workshop).command('/craft', { recipe: 'no such thing' }).message();
  const refused = await bot.noted('transaction', ({ outcome }) => outcome === 'rolledBack');
  expect(refused.error).toMatch(/unknownRecipe/);

  const state = await bot.noted('state', ({ outbox }) => outbox.some(({ id }) => id === craft?.id));
  expect(state.queue).toMatchObject({ connected: true, problem: null, failed: 0 });
});

test('what would be ready next is ready at once when whoever develops asks for it; the ledger is right', async () => {
  const stage = await Stage.open({ environment: INSPECTED });
  const { bot, mira, tobin, guild } = stage;
  await stage.discord.as(tobin, stage.workshop).command('/gather', { place: 'whispering_woods' }).message();
  await stage.craft('campfire');
  bot.send({ ask: 1, command: { do: 'finishNext', guildId: guild.id, userId: mira.id } });
  expect(await bot.noted('answer', ({ ask }) => ask === 1)).toMatchObject({
    result: { kind: 'craft', what: 'campfire', userId: mira.id, guildId: guild.id },
  });
  await stage.until('The craft being done', () => stage.has('campfire') > 0);
  const done = await bot.noted('transaction', ({ events }) =>
    events.some(({ name }) => name === 'itemCrafted'),
  );
  expect(done.within).toMatch(/^completeCrafting:/);
  expect(done.events.find(({ name }) => name === 'itemCrafted')?.listeners).toContainEqual(
    expect.objectContaining({ name: 'grantCraftingXp', ok: true }),
  );
  expect(done.events.find(({ name }) => name === 'xpGranted')?.by).toMatchObject({
    listener: 'grantCraftingXp',
  });
  expect(await bot.noted('run', ({ key, state }) => key === done.within && state === 'ended')).toMatchObject({
    task: 'completeCrafting',
  });

  bot.send({ ask: 2, command: { do: 'finishNext', userId: mira.id } });
  expect(await bot.noted('answer', ({ ask }) => ask === 2)).toMatchObject({ result: null });
  bot.send({ ask: 3, command: { do: 'finishNext' } });
  expect(await bot.noted('answer', ({ ask }) => ask === 3)).toMatchObject({ result: { kind: 'trip' } });
  await stage.until('The trip being over', () => stage.count("trips WHERE state = 'completed'") === 1);
  expect(stage.discrepancies()).toEqual([]);

  bot.send({ ask: 4, command: { do: 'dropTables' } });
  await bot.logged(({ msg }) => msg.endsWith('asked for something that makes no sense.'));
});

test('requests to Discord are told of with the job in which they were made, and without anybody’s token', async () => {
  const stage = await Stage.open({ environment: { ...INSPECTED, GAME_SPEED: '60' } });
  const { bot } = stage;
  await stage.craft('campfire');
  const answered = await bot.noted('request', ({ path }) => path.startsWith('/interactions/'));
  expect(answered).toMatchObject({
    method: 'POST',
    path: expect.stringMatching(/^\/interactions\/\d+\/…\/callback$/),
  });
  const sent = await bot.noted('request', ({ path }) => path === `/channels/${stage.workshop.id}/messages`);
  expect(sent).toMatchObject({
    method: 'POST',
    status: 200,
    within: expect.stringMatching(/^discordNotify:/),
  });
});

test('while nobody reads, notes are left out and counted, and nothing grows', () => {
  const sent: unknown[] = [];
  const written: (() => void)[] = [];
  const parent: ParentChannel = {
    connected: true,
    send: (message, _handle, _options, callback) => {
      sent.push(message);
      written.push(() => callback(null));
      return false;
    },
    on: () => undefined,
    off: () => undefined,
  };
  const notes = new NoteStream(parent, () => [3, 5]);
  const note = { kind: 'start', pid: 1, at: 1 } as const;
  for (let count = 0; count < MOST_ON_THEIR_WAY; count++) expect(notes.send(note)).toBe(true);
  for (let count = 0; count < 20; count++) expect(notes.send(note)).toBe(false);
  expect(sent).toHaveLength(MOST_ON_THEIR_WAY);
  notes.send({ kind: 'answer', ask: 1, result: null });
  expect(sent.slice(-2)).toEqual([
    { kind: 'gap', left: 20, runs: [3, 5] },
    { kind: 'answer', ask: 1, result: null },
  ]);
  for (const callBack of written.splice(0)) callBack();
  notes.send(note);
  expect(sent.at(-1)).toEqual(note);
});

test('a payload that is long is cut', () => {
  expect(bounded({ few: 'words' })).toEqual({ few: 'words' });
  expect(bounded(undefined)).toBeNull();
  expect(JSON.stringify(bounded({ words: 'x'.repeat(100_000) })).length).toBeLessThan(5_000);
});
