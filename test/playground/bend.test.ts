import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildAnvil } from '../../playground/anvil.ts';
import { Bending } from '../../playground/bend/bending.ts';
import { OwnPostgres } from '../../playground/bend/ownPostgres.ts';
import { SpeedFile } from '../../playground/bend/speedFile.ts';
import { BotProcess } from '../../playground/botProcess.ts';
import { LoopbackDiscord } from '../../playground/discord/index.ts';
import { Page } from '../../playground/page/page.ts';
import type { BendingView } from '../../playground/page/protocol.ts';
import { LiveConfig } from '../../src/config/live-config.ts';
import { temporaryFolder } from '../support/game.ts';
import { visit } from './onPage.ts';
import { logIn } from './stage.ts';

/** Says that it is up, and goes in order when it is asked to. */
const SCRIPT = `
  process.on('SIGTERM', () => process.exit(0));
  console.log('up');
  setInterval(() => {}, 1000);
`;

let directory: string;
let stage: Awaited<ReturnType<typeof setStage>>;

async function setStage() {
  const discord = await LoopbackDiscord.start();
  const anvil = buildAnvil(discord);
  await writeFile(join(directory, 'bot.mjs'), SCRIPT);
  const bot = new BotProcess({ args: ['bot.mjs'], directory, environment: {}, firstPause: 10 });
  const speed = new SpeedFile(join(directory, 'world', 'playground.yaml'), 60);
  const ground = new Bending({ discord, bot, speed, postgres: new OwnPostgres(undefined) });
  const page = new Page(discord, ground);
  discord.servePage((request, response, url) => page.answer(request, response, url));
  const { tell, world, listen } = visit(discord.url);
  const bend = async (what: string, body: object = {}) =>
    (await tell(`bend/${what}`, body)) as Readonly<Record<string, string>>; // Of words, or a refusal.
  const bending = async (): Promise<BendingView> => (await world(anvil.mira.id)).bending;
  return { discord, anvil, bot, speed, ground, page, bend, bending, listen };
}

beforeEach(async () => {
  directory = temporaryFolder('bend');
  stage = await setStage();
});

afterEach(async () => {
  await stage.bot.stop();
  stage.page.close();
  await stage.discord.stop();
});

/** Whether a fault is on, by its id. */
async function isOn(id: string): Promise<boolean | undefined> {
  return (await stage.bending()).faults.find((fault) => fault.id === id)?.on;
}

describe('the speed of the game', () => {
  it('is another one at once, for a bot that follows its configuration', async () => {
    const { bend, bending, speed } = stage;
    const config = new LiveConfig({ FORGELING_CONFIG: speed.path });
    expect(config.current.game.speed).toBe(60);
    expect(await bend('speed', { factor: 3_600 })).toEqual({
      kind: 'bent',
      words: 'The game now goes 3,600 times as fast; what is under way keeps the time it was promised',
    });
    expect(config.reload()).toMatchObject({ kind: 'taken' });
    expect(config.current.game.speed).toBe(3_600);
    expect(await bending()).toMatchObject({ speed: 3_600, speeds: [1, 60, 3_600] });
  });

  it.each([0, -1, 100_001, '60'])('cannot be %j', async (factor) => {
    expect(await stage.bend('speed', { factor })).toHaveProperty('refused');
    expect(await stage.bending()).toMatchObject({ speed: 60 });
  });

  it('that cannot be written is a mistake of the playground, which its terminal shows', async () => {
    const { bend, bending, discord } = stage;
    await rm(join(directory, 'world'), { recursive: true });
    await writeFile(join(directory, 'world'), 'no folder');
    const warned = once(process, 'warning');
    const answer = await fetch(`${discord.url}/play/bend/speed`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ factor: 7 }),
    });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      refused: 'Something went wrong in the playground itself; its terminal shows what',
    });
    expect((await warned)[0]).toMatchObject({ code: expect.stringMatching(/^E/) });
    expect(await bending()).toMatchObject({ speed: 60 });
    expect(await bend('speed', { factor: 0 })).toHaveProperty('refused');
  });

  it('leaves the rest of somebody’s own configuration, but for their Discord', async () => {
    const path = join(directory, 'own.yaml');
    const speed = new SpeedFile(
      path,
      60,
      'discord:\n  token: secret\ngame:\n  greeting: false\n  speed: 2\n',
    );
    speed.factor = 5;
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain('secret');
    expect(new LiveConfig({ FORGELING_CONFIG: path }).current.game).toMatchObject({
      greeting: false,
      speed: 5,
    });
    expect(() => new SpeedFile(path, 60, 'a: [')).toThrow(/no YAML in line 1/);
  });
});

describe('Discord', () => {
  let client: Client<true>;

  beforeEach(async () => {
    client = await logIn(stage.discord, { options: { rest: { retries: 0 } } });
  });

  afterEach(() => client.destroy());

  async function write(): Promise<void> {
    await client.rest.post(`/channels/${stage.anvil.tavern.id}/messages`, { body: { content: 'news' } });
  }

  it('takes the right to write in a channel from the bot, and gives it back as it was', async () => {
    const { bend, anvil, discord } = stage;
    const fault = { kind: 'noWriting', channel: anvil.tavern.id };
    expect(await bend('fault', { ...fault, on: true })).toMatchObject({
      words: expect.stringMatching(/^The bot may not write in #tavern now/),
    });
    expect(await isOn(`noWriting:${anvil.tavern.id}`)).toBe(true);
    expect(await isOn(`noWriting:${anvil.workshop.id}`)).toBe(false);
    await expect(write()).rejects.toMatchObject({ code: 50013 });
    await bend('fault', { ...fault, on: false });
    await write();
    expect(discord.directory.channels.get(anvil.tavern.id)).toHaveProperty('overwrites', new Map());
  });

  it('gives the right to write also where everybody lacks it', async () => {
    const { bend, anvil, discord } = stage;
    discord.setOverwrite(anvil.tavern, anvil.guild, { deny: ['SendMessages'] });
    expect(await isOn(`noWriting:${anvil.tavern.id}`)).toBe(true);
    await bend('fault', { kind: 'noWriting', channel: anvil.tavern.id, on: false });
    await write();
  });

  it('answers messages with errors until that is over', async () => {
    const { bend } = stage;
    await bend('fault', { kind: 'discordErrors', on: true });
    await bend('fault', { kind: 'discordErrors', on: true });
    expect(await isOn('discordErrors')).toBe(true);
    await expect(write()).rejects.toMatchObject({ status: 500 });
    await bend('fault', { kind: 'discordErrors', on: false });
    expect(await isOn('discordErrors')).toBe(false);
    await write();
  });

  it('is slow until that is over', async () => {
    const { bend, discord } = stage;
    await bend('fault', { kind: 'slowDiscord', on: true });
    const before = Date.now();
    await write();
    // At least so long, by whatever clock; no load makes it shorter.
    expect(Date.now() - before).toBeGreaterThan(1_400);
    await bend('fault', { kind: 'slowDiscord', on: false });
    expect(discord.messages(stage.anvil.tavern)).toHaveLength(1);
  });

  it('lets go of the bot and does not take it back until that is over', async () => {
    const { bend, discord } = stage;
    const mark = discord.mark();
    await bend('fault', { kind: 'gatewayDown', on: true });
    await discord.waitForEntry(
      ({ kind, seq, ...entry }) => seq > mark && 'what' in entry && entry.what === 'refused',
    );
    expect(discord.connected).toBe(false);
    expect(await bend('dropGateway')).toEqual({ refused: 'The bot is not connected' });
    await bend('fault', { kind: 'gatewayDown', on: false });
    await discord.waitFor(() => discord.connected);
  });

  it('cuts the connection once', async () => {
    const { bend, discord } = stage;
    const mark = discord.mark();
    expect(await bend('dropGateway')).toMatchObject({ kind: 'bent' });
    await discord.waitForEntry(
      ({ seq, ...entry }) => seq > mark && 'what' in entry && entry.what === 'resumed',
    );
  });

  it('has no fault for a channel that is not there', async () => {
    expect(await stage.bend('fault', { kind: 'noWriting', channel: '1', on: true })).toEqual({
      refused: 'The bot is in no such channel',
    });
    expect(await stage.bend('fault', { kind: 'flood', on: true })).toHaveProperty('refused');
    expect(await stage.bend('flood')).toEqual({});
  });
});

describe('the bot', () => {
  it('is killed and started again, each time as soon', async () => {
    const { bend, bot } = stage;
    expect(await bend('killBot')).toEqual({ refused: 'The bot does not run' });
    for (let time = 0; time < 3; time++) {
      const up = once(bot, 'line');
      if (time === 0) bot.start();
      expect(await up).toEqual(['up']);
      const died = once(bot, 'died');
      expect(await bend('killBot')).toMatchObject({ kind: 'bent' });
      expect(await died).toEqual([{ how: 'signal SIGKILL', again: 10 }]);
    }
  });

  it('is stopped, stays away, and is started', async () => {
    const { bend, bot } = stage;
    const first = once(bot, 'line');
    bot.start();
    await first;
    expect(await bend('startBot')).toEqual({ refused: 'The bot runs already' });
    const stopped = once(bot, 'stopped');
    expect(await bend('stopBot')).toMatchObject({ kind: 'bent' });
    await stopped;
    expect(bot.running).toBe(false);
    expect(await bend('stopBot')).toEqual({ refused: 'The bot does not run' });
    const again = once(bot, 'line');
    expect(await bend('startBot')).toMatchObject({ kind: 'bent' });
    await again;
  });

  it('that has died and would be started again in a moment is stopped too', async () => {
    const { bend, bot, ground } = stage;
    const up = once(bot, 'line');
    bot.start();
    await up;
    // Within the pause before the next start, however short it is.
    const stopped = new Promise((resolve) => bot.once('died', () => resolve(ground.do('stopBot', {}))));
    await bend('killBot');
    expect(await stopped).toEqual({
      kind: 'bent',
      words:
        'The bot is not started again, and stays away: what becomes due meanwhile counts from when it was due',
    });
    expect(bot.running).toBe(false);
    expect(bot.wanted).toBe(false);
    expect(await bend('stopBot')).toEqual({ refused: 'The bot does not run' });
    const again = once(bot, 'line');
    expect(await bend('startBot')).toMatchObject({ kind: 'bent' });
    await again;
  });

  it('is stopped and started in one', async () => {
    const { bend, bot } = stage;
    const first = once(bot, 'line');
    bot.start();
    await first;
    const { pid } = bot;
    const again = once(bot, 'started');
    expect(await bend('restartBot')).toMatchObject({ kind: 'bent' });
    await again;
    expect(bot.pid).not.toBe(pid);
  });
});

describe('PostgreSQL', () => {
  it('is left alone when it is somebody’s own', async () => {
    expect(await stage.bending()).toMatchObject({ postgres: 'given' });
    expect(await stage.bend('stopPostgres')).toEqual({
      refused: 'This PostgreSQL is your own (JOBS_DATABASE_URL) and is left alone',
    });
  });
});

describe('every page', () => {
  it('is told how bent the world is', async () => {
    const { bend, discord, anvil, listen } = stage;
    const heard = await listen(anvil.tobin.id);
    await bend('speed', { factor: 7 });
    await heard.until('event: bending\ndata: {"speed":7');
    discord.setOverwrite(anvil.tavern, discord.bot, { deny: ['SendMessages'] });
    await heard.until(`"The bot may not write in #tavern","on":true`);
    heard.end();
  });
});
