import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { REST, Routes } from 'discord.js';
import { LoopbackDiscord } from '../playground/discord/index.ts';
import { report } from './report.ts';

const PIECES = 1_000;

const SERVERS = 100;

/**
 * A thousand rare crafts at once over 100 servers, until all servers and players have been told; beside a bot that sends
 * a message for each as fast as discord.js and Discord's limits let it. In a single server that bot would take 17
 * minutes, since a channel gets a message a second; Forgeling's time there is given alone.
 */
export default async function run(): Promise<void> {
  const ours = await forgeling(SERVERS);
  report(`${SERVERS} servers: Forgeling`, ours);
  const bare = await bareRest(SERVERS);
  report(`${SERVERS} servers: a message each by discord.js`, bare);
  report('Forgeling / a message each', { seconds: ours.seconds / bare.seconds });
  report('1 server: Forgeling', await forgeling(1));
}

interface Told {
  readonly seconds: number;
  readonly messages: number;
  /** How often Discord said "429". */
  readonly refused: number;
  readonly [name: string]: number;
}

interface Place {
  readonly news: { readonly id: string };
  readonly workshop: { readonly id: string };
}

function addServers(discord: LoopbackDiscord, count: number): Place[] {
  const owner = discord.addUser({ name: 'Odette' });
  return Array.from({ length: count }, (_, index) => {
    const guild = discord.addGuild({ name: `Server ${index}`, owner });
    const news = discord.addChannel(guild, { name: 'news' });
    return { news, workshop: discord.addChannel(guild, { name: 'workshop' }) };
  });
}

async function forgeling(servers: number): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'forgeling-bench-'));
  const discord = await LoopbackDiscord.start({ answerWithin: 60_000 });
  const places = addServers(discord, servers);
  const bot = spawn(process.execPath, ['bin/run.js', 'src/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATA_DIR: folder,
      DEVELOPMENT_PIECES: join(import.meta.dirname, '../test/pieces/burst'),
    },
  });
  try {
    await discord.whenReady({ within: 60_000 });
    const world = new SQLite(join(folder, 'world.sqlite'), { readonly: true });
    const seat = (place: Place) => discord.as('Odette', place.workshop);
    await Promise.all(
      places.map((place) => seat(place).command('/config announcements', { channel: place.news }).message()),
    );
    const [first] = places;
    if (!first) throw new Error('There is no server.');
    const before = discord.counters.requests;
    const order = seat(first).command('/burst', { pieces: PIECES, seed: 'bench' });
    await order.message();
    const ended = performance.now();
    const left = world
      .prepare("SELECT count(*) FROM announcements WHERE state NOT IN ('sent', 'folded')")
      .pluck();
    while (left.get() !== 0) await delay(20);
    const seconds = (performance.now() - ended) / 1_000;
    world.close();
    return {
      seconds,
      messages: discord.counters.requests - before - 1,
      refused: discord.counters.rateLimited,
    };
  } finally {
    await stop(bot);
    await discord.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The least that a bot would do without putting anything together: one message to the server, one to the player. */
async function bareRest(servers: number): Promise<Told> {
  const discord = await LoopbackDiscord.start();
  const places = addServers(discord, servers);
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: PIECES }, (_, index) => places[index % places.length]).flatMap((place) =>
      [place?.news.id ?? '', place?.workshop.id ?? ''].map((channelId) =>
        rest.post(Routes.channelMessages(channelId), { body: { content: 'Rare work!' } }),
      ),
    ),
  );
  const seconds = (performance.now() - started) / 1_000;
  await discord.stop();
  return { seconds, messages: discord.counters.requests, refused: discord.counters.rateLimited };
}

async function stop(bot: ChildProcess): Promise<void> {
  bot.kill('SIGTERM');
  if (bot.exitCode === null) await once(bot, 'exit');
}
