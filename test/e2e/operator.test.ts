import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { BotProcess, runCommand } from '../support/bot-process.ts';
import { createGameBench, HOUR, MINUTE, temporaryFolder } from '../support/game.ts';
import { Stage } from '../support/stage.ts';
import { TellingBench } from '../support/telling.ts';

test('without a token, the start says in one sentence what is missing and how to try it without one', async () => {
  const bot = BotProcess.start({ DATA_DIR: temporaryFolder('no-token') });
  expect(await bot.exited).toBe(1);
  expect(bot.errors).toBe(
    'There is no DISCORD_TOKEN: set it to the token of your bot (README, "On a real server"), ' +
      'or try Forgeling without one by `npm run playground`.\n',
  );
  expect(bot.log).toEqual([]);
});

test('a token that Discord does not accept ends the start with a sentence', async () => {
  const stage = await Stage.set();
  const bot = stage.launchBot({ DISCORD_TOKEN: 'bm90LWEtdG9rZW4.not.accepted' });
  expect(await bot.exited).toBe(1);
  expect(bot.errors).toBe('Discord does not accept the DISCORD_TOKEN.\n');
});

test('nonsense in the environment is told with the name of the variable', async () => {
  const bot = BotProcess.start({ DISCORD_TOKEN: 'x', GAME_SPEED: 'fast', HTTP_PORT: '99999' });
  expect(await bot.exited).toBe(1);
  expect(bot.errors).toMatch(/^HTTP_PORT: .+\nGAME_SPEED: .+\n$/);
});

test('a second bot on the same world refuses to start and says who has it', async () => {
  const stage = await Stage.open();
  const second = BotProcess.start({
    DISCORD_TOKEN: stage.discord.token,
    DISCORD_API_URL: stage.discord.apiUrl,
    DATA_DIR: stage.folder,
    JOBS_DATABASE_URL: stage.databaseUrl ?? '',
  });
  expect(await second.exited).toBe(1);
  expect(second.errors).toMatch(
    new RegExp(`^The world .+ is in use by process ${stage.bot.pid} on .+ One process owns one world\\.\n$`),
  );
  expect(stage.bot.running).toBe(true);
});

test('a second world on the same queue refuses to start and says what to do', async () => {
  const stage = await Stage.open();
  const second = BotProcess.start({
    DISCORD_TOKEN: stage.discord.token,
    DISCORD_API_URL: stage.discord.apiUrl,
    DATA_DIR: temporaryFolder('second-world'),
    JOBS_DATABASE_URL: stage.databaseUrl ?? '',
  });
  expect(await second.exited).toBe(1);
  expect(second.errors).toContain('set JOBS_SCHEMA to a name of its own');
});

test('what is wrong with the folder or a port is told in one sentence', async () => {
  const folder = temporaryFolder('wrong');
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'garbage'));
  writeFileSync(join(folder, 'garbage/world.sqlite'), 'This is not a database. '.repeat(200));
  const start = async (environment: Record<string, string>) => {
    const bot = BotProcess.start({
      DISCORD_TOKEN: 'x',
      DISCORD_API_URL: 'http://127.0.0.1:9',
      ...environment,
    });
    expect(await bot.exited).toBe(1);
    return bot.errors;
  };
  expect(await start({ DATA_DIR: join(folder, 'file/world') })).toMatch(
    /^The DATA_DIR lies below something .+\n$/,
  );
  expect(await start({ DATA_DIR: join(folder, 'garbage') })).toMatch(
    /^The world in the DATA_DIR is not a database: .+\n$/,
  );
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const world = { DATA_DIR: join(folder, 'world'), JOBS_DATABASE_URL: 'postgres://x:y@127.0.0.1:9/z' };
  expect(await start({ ...world, HTTP_PORT: String(port) })).toMatch(/^The HTTP_PORT is taken .+\n$/);
  taken.close();
  expect(await runCommand('world', ['verify'], { DATA_DIR: join(folder, 'garbage') })).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/^The world in the DATA_DIR is not a database: .+\n$/),
  });
});

test('the ledger is verified, beside the running bot; one that is wrong is told and fails', async () => {
  const stage = await Stage.open();
  await stage.craft('campfire');
  const environment = { DATA_DIR: stage.folder };
  expect(await runCommand('world', ['verify'], environment)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^The ledger equals the balances \(\d+ rows\)\.\n$/),
  });
  await stage.bot.stop();

  const world = new SQLite(join(stage.folder, 'world.sqlite'));
  world.exec("UPDATE balances SET quantity = quantity + 1 WHERE asset = 'item:coal'");
  world.close();
  expect(await runCommand('world', ['verify'], environment)).toMatchObject({
    code: 1,
    output: expect.stringContaining(`user ${stage.mira.id}, item:coal: the balance is 9, the ledger says 8`),
  });
  expect(await runCommand('world', ['make'], environment)).toMatchObject({ code: 2, output: '' });
  expect(await runCommand('world', ['verify'], { DATA_DIR: temporaryFolder('empty') })).toMatchObject({
    code: 2,
    errors: expect.stringContaining('There is no world at'),
  });
});

test('health and metrics are told on loopback, truthfully', async () => {
  const stage = await Stage.open({ environment: { HTTP_PORT: '0' } });
  const { port } = await stage.bot.logged(({ msg }) => msg.startsWith('Health and metrics'));
  const health = async () => {
    const response = await fetch(`http://127.0.0.1:${String(port)}/health`);
    return { status: response.status, ...((await response.json()) as object) };
  };
  expect(await health()).toEqual({ status: 200, discord: true, queue: true, problems: [] });
  const metrics = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
  expect(metrics).toContain('forgeling_queue_connected 1');
  await stage.jobs('DROP SCHEMA graphile_worker CASCADE');
  await stage.jobs('CREATE SCHEMA graphile_worker CREATE TABLE somebody_elses (id int)');
  await stage.until('The loss being told', async () => (await health()).status === 503);
});

test('the token never reaches the log', async () => {
  const stage = await Stage.open({ environment: { LOG_LEVEL: 'trace' } });
  await stage.craft('campfire');
  await stage.bot.stop();
  const text = JSON.stringify(stage.bot.log) + stage.bot.errors;
  expect(text).toContain('Ready:');
  expect(text).not.toContain(stage.discord.token);
});

/** What `npm run announcements` says. */
async function askAnnouncements(stage: Stage, ...parameters: readonly string[]): Promise<string> {
  const { code, output, errors } = await runCommand('announcements', parameters, { DATA_DIR: stage.folder });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return output;
}

/** The bot's figures that begin like this. */
async function figures(stage: Stage, name: string): Promise<string[]> {
  const { port } = await stage.bot.logged(({ msg }) => msg.startsWith('Health and metrics'));
  const text = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith(`forgeling_${name}`));
}

test('what became of announcements is told beside the running bot: how many, where they wait and why', async () => {
  const stage = await Stage.open({ environment: { GAME_SPEED: '60', HTTP_PORT: '0' } });
  expect(await askAnnouncements(stage)).toBe(
    'Nothing was to be told in the last 24h.\n\nNo channel is paused.\n\nNo message is under way.\n\n' +
      'Answers of 401, 403 or 429 in the last ten minutes: 0 of 1000. Sending goes on.\n',
  );
  expect(await askAnnouncements(stage, 'list')).toBe('Nothing in the last 24h.\n');
  expect(await figures(stage, 'announcements_waiting')).toEqual([
    'forgeling_announcements_waiting 0',
    'forgeling_announcements_waiting_seconds 0',
  ]);

  await stage.chooseAnnouncements();
  stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['SendMessages'] });
  using held = stage.discord.faults.hold(`POST /channels/${stage.workshop.id}/messages`, {
    when: 'before',
    times: 1,
  });
  await stage.craft('star_compass');
  await held.reached;
  await stage.until('The pause', () => stage.count("outlets WHERE state = 'paused'") === 1);
  const server = ['--server', stage.guild.id];
  const summary = await askAnnouncements(stage, ...server, '--since', '90m');
  expect(summary).toMatch(
    /^What was to be told in the last 90m:\n {2}for +state +reason +how many +which means\n/,
  );
  expect(summary).toMatch(/^ {2}server {2}pending +\d+ +waits for its turn, or is under way$/m);
  expect(summary).toMatch(
    new RegExp(
      `^Paused channels: 1\\n {2}${stage.news.id} in server ${stage.guild.id}: the bot may not write in the channel; ` +
        'since 20.+Z, 1 waiting there, tried again 20.+Z$',
      'm',
    ),
  );
  // Who runs the server may be told of the pause at this very moment.
  expect(summary).toMatch(
    new RegExp(
      `^Messages under way: \\d+\\n(?: {2}.+\\n)* {2}\\S{22} to ${stage.workshop.id} of server ${stage.guild.id}, since 20.+Z, tries: 1$`,
      'm',
    ),
  );
  expect(await figures(stage, 'outlets_paused')).toEqual([
    'forgeling_outlets_paused{problem="missingPermissions"} 1',
  ]);
  const waiting = stage.count("announcements WHERE state = 'pending'");
  expect(await figures(stage, 'announcements_waiting')).toContain(
    `forgeling_announcements_waiting ${waiting}`,
  );

  held.release();
  stage.discord.removeOverwrite(stage.news, stage.discord.bot);
  await stage.until('All being told', () => stage.count("announcements WHERE state = 'pending'") === 0);
  const [told] = stage.discord.messages(stage.news);
  expect(await askAnnouncements(stage, 'list', '--state', 'sent', ...server)).toMatch(
    new RegExp(
      `^20.+Z server rareItem sent - \\(told\\): server ${stage.guild.id}, user ${stage.mira.id}, ` +
        `to ${stage.news.id}, message ${told?.id}$`,
      'm',
    ),
  );
  expect(await askAnnouncements(stage)).toContain('No channel is paused.\n\nNo message is under way.');
  expect(await figures(stage, 'outlets_paused{')).toEqual([]);
  expect(await askAnnouncements(stage, 'list', '--state', 'unknown')).toBe('Nothing in the last 24h.\n');
  expect(await askAnnouncements(stage, 'list', '--page', '2')).toMatch(/^Only \d+\.\n$/);
  await stage.until('The last day being read anew', async () =>
    (await figures(stage, 'announcements{')).some((line) =>
      line.startsWith('forgeling_announcements{audience="server",state="sent",reason=""} '),
    ),
  );
});

test.each([
  [['--since', 'yesterday'], '"yesterday" is no span of time such as 24h, 90m or 7d.'],
  [
    ['--state', 'lost'],
    '"lost" is no state; there are: pending, inbox, sent, folded, undeliverable, unknown.',
  ],
  [['--server', 'mine'], '"mine" is no id of a server, which is a number of about 18 digits.'],
  [['list', '--page', '0'], '"0" is no page; the first one is 1.'],
  [['--page', '2'], "Unknown option '--page'"],
])(
  'what is asked of announcements in a wrong way is told in one sentence: %j',
  async (parameters, sentence) => {
    const environment = { DATA_DIR: temporaryFolder('asked-wrongly') };
    mkdirSync(environment.DATA_DIR, { recursive: true });
    createGameBench({ file: join(environment.DATA_DIR, 'world.sqlite') }).world.close();
    const { code, output, errors } = await runCommand('announcements', parameters, environment);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain(sentence);
    expect(errors.trim().split('\n')).toHaveLength(1);
  },
);

test('a hundred announcements are a page, and the next one is named', async () => {
  const folder = temporaryFolder('pages');
  const telling = new TellingBench(createGameBench({ file: join(folder, 'world.sqlite') }));
  telling.bench.clock.advance(Date.now() - telling.bench.clock.now() - HOUR);
  telling.announce(...Array.from({ length: 230 }, (_, index) => index + 1));
  telling.bench.world.close();
  const page = async (number: number) =>
    (await runCommand('announcements', ['list', '--page', String(number)], { DATA_DIR: folder })).output
      .trim()
      .split('\n');
  const [first, second, third] = await Promise.all([page(1), page(2), page(3)]);
  expect([first?.length, second?.length, third?.length]).toEqual([101, 101, 30]);
  expect([first?.at(-1), second?.at(-1)]).toEqual(['… and 130 more: --page 2', '… and 30 more: --page 3']);
});

test('when Discord has refused too much, nothing is sent, and health, metrics and the command say so', async () => {
  const stage = await Stage.open({ environment: { GAME_SPEED: '60', HTTP_PORT: '0' } });
  await stage.chooseAnnouncements();
  const world = new SQLite(join(stage.folder, 'world.sqlite'));
  world.prepare('INSERT INTO invalid_answers VALUES (?, 1000)').run(Math.floor(Date.now() / MINUTE));
  world.close();
  await stage.craft('star_compass');
  // The rest is a minute, whatever else would have had it wait.
  const isPutOff = () =>
    stage.count(
      `outbox WHERE key = 'discordNotify:${stage.news.id}' AND run_at > ${Date.now() + MINUTE / 2}`,
    ) === 1;
  await stage.until('What was to be told being put off', isPutOff);
  const { port } = await stage.bot.logged(({ msg }) => msg.startsWith('Health and metrics'));
  const health = await fetch(`http://127.0.0.1:${String(port)}/health`);
  expect([health.status, await health.json()]).toEqual([
    503,
    expect.objectContaining({
      problems: [expect.stringContaining('Discord refused too much in the last ten minutes')],
    }),
  ]);
  expect(await figures(stage, 'invalid_answers')).toEqual(['forgeling_invalid_answers 1000']);
  expect(await askAnnouncements(stage)).toContain('1000 of 1000. Nothing is sent until there are fewer.');

  await stage.bot.kill();
  await stage.startBot();
  await stage.craft('star_compass', 1, stage.tobin);
  await stage.until(
    'The end of the other craft',
    () => stage.count("announcements WHERE audience = 'server'") === 2,
  );
  await stage.until('That being put off too', isPutOff);
  expect(stage.discord.messages(stage.news)).toEqual([]);
});
