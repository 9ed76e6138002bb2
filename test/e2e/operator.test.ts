import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { BotProcess, runCommand } from '../support/bot-process.ts';
import { temporaryFolder } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

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
