import { resolve } from 'node:path';
import { buildAnvil } from './anvil.ts';
import { BotProcess } from './botProcess.ts';
import { readConfig } from './config.ts';
import { LoopbackDiscord } from './discord/index.ts';
import { setUpOnce } from './firstSetup.ts';
import { builtPage } from './page/built-page.ts';
import { Page } from './page/page.ts';
import { startArguments } from './startScript.ts';
import { Terminal } from './terminal.ts';

/** Of the log, which is for looking back a little while; tests keep all of theirs. */
const LOG_ENTRIES = 5_000;

const root = resolve(import.meta.dirname, '..');
const config = readConfig(root);
const terminal = new Terminal((text) => process.stdout.write(text));

const discord = await openDiscord();
const anvil = buildAnvil(discord);
const bot = new BotProcess({
  args: await startArguments(root),
  directory: root,
  environment: {
    ...config.botEnvironment,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  },
});
const page = new Page(discord, anvil);
discord.servePage((request, response, url) => page.answer(request, response, url));
let announced = false;
let stopping = false;

bot.on('line', (line) => terminal.bot(line));
bot.on('died', ({ how, again }) => {
  terminal.say(`The bot has stopped (${how}); it is started again in ${again / 1000} s`);
  page.botState('down', `The bot has stopped (${how}) and is started again`);
});
bot.on('started', () => {
  page.botState('starting', 'The bot is starting');
  terminal.say(`The bot runs as ${bot.pid}`);
  greetWhenReady(discord.mark()).catch((error: unknown) => terminal.say(String(error)));
});
// A whole process group is signalled, and npm passes signals on too: they may come more than once.
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.once('exit', () => bot.abandon());
terminal.say('Starting the bot on a Discord of its own…');
bot.start();
// Meanwhile, so that nobody waits for it.
builtPage().catch((error: unknown) => terminal.say(`The page could not be built: ${error}`));

async function greetWhenReady(after: number): Promise<void> {
  await discord.whenReady({ after, within: Number.POSITIVE_INFINITY });
  page.botState('ready', 'The bot is ready');
  const setUp = await setUpOnce(discord, anvil, config.dataDirectory);
  if (setUp !== undefined) terminal.say(setUp);
  if (announced) terminal.say('The bot is ready again');
  else terminal.announce(discord.url);
  announced = true;
}

async function openDiscord(): Promise<LoopbackDiscord> {
  const options = { logLimit: LOG_ENTRIES };
  try {
    return await LoopbackDiscord.start({ ...options, port: config.port });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || !config.anyPort) throw error;
    return LoopbackDiscord.start(options);
  }
}

/** The bot first: it puts its affairs, and its PostgreSQL, in order. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  terminal.say('Stopping…');
  await bot.stop();
  page.close();
  await discord.stop();
  process.exit(0);
}
