import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LoopbackDiscord } from '../playground/discord/index.ts';
import { percentile, report } from './report.ts';

const PLAYERS = 200;
const ORDERS_EACH = 5;

/** Orders at once from many players, held to Discord's three seconds: Forgeling, and a bot that only answers. */
export default async function run(): Promise<void> {
  const bare = await measure('a bare discord.js bot', ['bench/bare-bot.ts']);
  const forgeling = await measure('Forgeling', ['bin/run.js', 'src/main.ts']);
  // What Discord asks of every bot: an answer within three seconds, also to a thousand orders at once.
  if (forgeling.answered < PLAYERS * ORDERS_EACH) process.exitCode = 1;
  report('Forgeling / bare bot', {
    median: forgeling.median / bare.median,
    last: forgeling.last / bare.last,
  });
}

async function measure(
  what: string,
  parameters: readonly string[],
): Promise<{ answered: number; median: number; last: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'forgeling-bench-'));
  const discord = await LoopbackDiscord.start();
  const bot = spawn(process.execPath, parameters, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATA_DIR: folder,
    },
  });
  const ready = saysReady(bot.stdout);
  try {
    const owner = discord.addUser({ name: 'Odette' });
    const guild = discord.addGuild({ name: 'The Anvil', owner });
    const workshop = discord.addChannel(guild, { name: 'workshop' });
    await discord.whenReady({ within: 30_000 });
    await ready;
    const seats = Array.from({ length: PLAYERS }, (_, index) => {
      const player = discord.addUser({ name: `Player ${index}` });
      discord.addMember(guild, player);
      return discord.as(player, workshop);
    });
    const started = performance.now();
    const orders = seats.flatMap((seat) =>
      Array.from({ length: ORDERS_EACH }, () => seat.command('/craft', { recipe: 'campfire' })),
    );
    const times = await Promise.all(
      orders.map((order) =>
        order.answered.then(
          () => performance.now() - started,
          () => undefined,
        ),
      ),
    );
    const answered = times.filter((time) => time !== undefined);
    const [median, last] = [percentile(answered, 0.5), Math.max(...answered)];
    report(what, {
      answered: `${answered.length} of ${orders.length} within 3 s`,
      'median ms': median,
      'last ms': last,
    });
    return { answered: answered.length, median, last };
  } finally {
    await stop(bot);
    await discord.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Forgeling says when its queue runs; the bare bot when it is there. */
async function saysReady(output: NodeJS.ReadableStream): Promise<void> {
  for await (const line of createInterface({ input: output })) {
    if (/The queue is running|"Ready:"/.test(line)) break;
  }
  output.resume();
}

async function stop(bot: ChildProcess): Promise<void> {
  bot.kill('SIGTERM');
  if (bot.exitCode === null) await once(bot, 'exit');
}
