import { join, resolve } from 'node:path';
import { ConfigError, configFile, loadConfig, readText } from '../src/config/load.ts';
import { buildAnvil } from './anvil.ts';
import { Bending } from './bend/bending.ts';
import { OwnPostgres } from './bend/ownPostgres.ts';
import { SpeedFile } from './bend/speedFile.ts';
import { BotProcess } from './botProcess.ts';
import { CodeWatch, changeInWords } from './codeWatch.ts';
import { readConfig } from './config.ts';
import { LoopbackDiscord } from './discord/index.ts';
import { setUpOnce } from './firstSetup.ts';
import { Inside } from './inside/inside.ts';
import { KeptPlaces } from './keptPlaces.ts';
import { builtPage } from './page/built-page.ts';
import { Page } from './page/page.ts';
import { watchPage } from './pageWatch.ts';
import { startArguments } from './startScript.ts';
import { Terminal } from './terminal.ts';

/** Of the log, which is for looking back a little while; tests keep all of theirs. */
const LOG_ENTRIES = 5_000;

const root = resolve(import.meta.dirname, '..');
const config = readConfig(root);
const terminal = new Terminal((text) => process.stdout.write(text));

const discord = await openDiscord();
const anvil = buildAnvil(discord);
const kept = new KeptPlaces(discord, join(config.dataDirectory, 'playground-places.json'), (words) =>
  terminal.say(words),
);
const own = readText(configFile(config.botEnvironment));
const speed = new SpeedFile(join(config.dataDirectory, 'playground.yaml'), config.speed, own);
const environment = {
  ...config.botEnvironment,
  FORGELING_CONFIG: speed.path,
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.apiUrl,
  DEVELOPMENT_INSPECT: 'true',
};
const bot = new BotProcess({ args: await startArguments(root), directory: root, environment });
const postgres = new OwnPostgres(isGiven() ? undefined : join(config.dataDirectory, 'postgres'));
const page = new Page(discord, new Bending({ discord, bot, speed, postgres }));
const inside = new Inside(discord, bot);
page.follow(inside);
discord.servePage((request, response, url) => page.answer(request, response, url));
let announced = false;
let starts = 0;
let stopping = false;
/** Why the bot is being started again, as the beginning of a sentence. */
let reason = '';

bot.on('line', (line) => terminal.bot(line));
bot.on('died', ({ how, again }) => {
  terminal.say(`The bot has stopped (${how}); it is started again in ${again / 1000} s`);
  page.botState('down', `The bot has stopped (${how}) and is started again`);
});
bot.on('stopped', () => {
  terminal.say('The bot has stopped');
  if (reason === '') page.botState('stopped', 'The bot was stopped');
});
bot.on('started', () => {
  page.botState('starting', `${reason}The bot is starting`);
  terminal.say(`The bot runs as ${bot.pid}`);
  greetWhenReady(discord.mark()).catch((error: unknown) => terminal.say(String(error)));
});
// A whole process group is signalled, and npm passes signals on too: they may come more than once.
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.once('exit', () => bot.abandon());
terminal.say('Starting the bot on a Discord of its own…');
const codeWatch = config.watch
  ? new CodeWatch(root, restartFor, (error) => terminal.say(String(error)))
  : undefined;
const pageWatch = config.watch
  ? watchPage(
      root,
      () => page.reload(),
      (error) => terminal.say(`The page could not be built: ${error}`),
    )
  : undefined;
bot.start();
// Meanwhile, so that nobody waits for it.
builtPage().catch((error: unknown) => terminal.say(`The page could not be built: ${error}`));

async function greetWhenReady(after: number): Promise<void> {
  const start = ++starts;
  await discord.whenReady({ after, within: Number.POSITIVE_INFINITY });
  // One that ended before it was ready is not the one that is ready now.
  if (start !== starts) return;
  page.botState('ready', 'The bot is ready');
  postgres.watch();
  const setUp = await setUpOnce(discord, anvil, config.dataDirectory);
  if (setUp !== undefined) terminal.say(setUp);
  if (announced) terminal.say('The bot is ready again');
  else terminal.announce(discord.url);
  announced = true;
}

/** A bot that somebody has stopped stays away. */
async function restartFor(files: readonly string[]): Promise<void> {
  if (!bot.wanted) return;
  reason = `${changeInWords(files)}. `;
  terminal.say(`${changeInWords(files)}: the bot is started again`);
  page.botState('down', `${reason}The bot is stopping`);
  await bot.restart();
  reason = '';
  // Somebody has stopped it in between.
  if (!bot.wanted) page.botState('stopped', 'The bot was stopped');
}

/** Whether the queue is on somebody's own PostgreSQL. What is wrong with the configuration is said by the bot. */
function isGiven(): boolean {
  try {
    return loadConfig(environment).jobs.databaseUrl !== undefined;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
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
  const unwatched = Promise.all([codeWatch?.close(), pageWatch?.close()]);
  await bot.stop();
  await unwatched;
  postgres.close();
  inside.close();
  kept.close();
  page.close();
  await discord.stop();
  process.exit(0);
}
