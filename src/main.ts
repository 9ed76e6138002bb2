import { randomUUID } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { Events, Status } from 'discord.js';
import { LiveConfig } from './config/live-config.ts';
import { ConfigError, PROJECT_ROOT } from './config/load.ts';
import { secretsIn } from './config/secrets.ts';
import { ChannelSender } from './discord/channel-sender.ts';
import { ForgelingClient } from './discord/client.ts';
import { connectToDiscord } from './discord/connect.ts';
import { createCourier } from './discord/courier.ts';
import { Inbox } from './discord/inbox.ts';
import type { RequestGuard } from './discord/requests.ts';
import { SapphireLogger } from './discord/sapphire-logger.ts';
import { ServerDirectory } from './discord/server-directory.ts';
import { reloadTexts } from './discord/translate.ts';
import { createEventBus } from './events/bus.ts';
import { announcementFigures } from './game/announcements/overview.ts';
import { LiveCatalog } from './game/content/live-catalog.ts';
import { ContentError } from './game/content/load.ts';
import { beginGame, createGame, type Game } from './game/game.ts';
import { explain } from './ops/explain.ts';
import { followConfig } from './ops/follow-config.ts';
import { FollowedFiles } from './ops/followed-files.ts';
import { portOf, serveOperations } from './ops/http.ts';
import type { Deeds } from './ops/inspection/deeds.ts';
import { Inspector } from './ops/inspector.ts';
import { captureConsole, createLogger, type Logger } from './ops/logger.ts';
import { createMetrics } from './ops/metrics.ts';
import { Shutdown } from './ops/shutdown.ts';
import { fillContainer } from './pieces/container.ts';
import { JobQueue } from './queue/job-queue.ts';
import { embeddedPostgres } from './queue/postgres/embeddedPostgres.ts';
import { givenPostgres } from './queue/postgres/givenPostgres.ts';
import type { RunnableJob } from './queue/runnable-job.ts';
import { QueueIsTaken } from './queue/schema-claim.ts';
import { Backups } from './world/backups.ts';
import { systemClock } from './world/clock.ts';
import { WorldIsLocked } from './world/lock.ts';
import type { ListenerFailure } from './world/transaction.ts';
import { World } from './world/world.ts';

/** Starts the bot: world, game, client, jobs, connection. What was started last is stopped first. */
async function start(settings: LiveConfig, token: string, logger: Logger, shutdown: Shutdown): Promise<void> {
  const config = settings.current;
  const bus = createEventBus();
  const logFailure = ({ event, listener, error }: ListenerFailure) =>
    logger.error({ err: error, event: event.id }, `The listener ${listener} failed on ${event.name}.`);
  const clock = systemClock(config.development.clockOffset);
  const inspector = Inspector.open({ config, clock, logger, parent: process });
  const world = new World({
    file: join(config.dataDir, 'world.sqlite'),
    clock,
    dispatcher: bus,
    onListenerFailure: logFailure,
    observer: inspector,
  });
  shutdown.add('world', () => world.close());

  const catalog = await LiveCatalog.open(config.development.content);
  const game = createGame(catalog, settings);
  const guard: RequestGuard = {
    beforeRequest: () =>
      world.settled().catch((error: unknown) => {
        process.stderr.write(`The disk of ${config.dataDir} fails: ${tell(error)}\n`);
        shutdown.fail();
        throw error;
      }),
    onInvalidAnswer: () =>
      world.transact({ cause: `invalid answer:${randomUUID()}` }, (tx) => game.pacing.noteInvalidAnswer(tx)),
    observer: inspector,
  };
  const courier = createCourier(token, config.discord.apiUrl, guard);
  const serverDirectory = new ServerDirectory(() => client, clock);
  const channelSender = new ChannelSender({ courier, servers: serverDirectory, clock });
  const inbox = new Inbox({ world, game });
  const directory = join(config.dataDir, 'backups');
  const backups = new Backups({ world, directory, keepDays: config.backups.keepDays });
  fillContainer({ world, bus, game, channelSender, serverDirectory, inbox, backups });

  const client = new ForgelingClient({
    token,
    apiUrl: config.discord.apiUrl,
    logger: new SapphireLogger(logger),
    piecesDirectory: join(PROJECT_ROOT, 'src'),
    morePieces: config.development.pieces.split(delimiter).filter((directory) => directory !== ''),
    localesDirectory: join(PROJECT_ROOT, 'data/locales'),
    ...guard,
  });
  await client.loadPieces();
  const begin = (cause: string) => world.transact({ cause }, (tx) => beginGame(tx, game));
  begin('start');
  backups.prune();
  world.transact({ cause: 'start of backups' }, (tx) => backups.begin(tx));

  const configFiles = followConfig(settings, logger);
  shutdown.add('following the configuration', () => configFiles.close());
  // What is new in the content has its name in the texts.
  const reload = () => catalog.reload({ prepare: reloadTexts, begin: () => begin('content') });
  const contentFiles = new FollowedFiles({ name: 'content', files: catalog.files, reload }, logger);
  shutdown.add('following the content', () => contentFiles.close());

  const { databaseUrl } = config.jobs;
  const server = databaseUrl
    ? givenPostgres(databaseUrl)
    : embeddedPostgres({ directory: join(config.dataDir, 'postgres'), logger });
  const jobs = client.stores.get('jobs').values() as Iterable<RunnableJob>;
  const queue = new JobQueue({
    world,
    server,
    jobs: [...jobs],
    config: config.jobs,
    logger,
    observer: inspector,
  });
  queue.start((error) => {
    process.stderr.write(`${tell(error)}\n`);
    shutdown.fail();
  });
  shutdown.add('queue', () => queue.stop());
  if (inspector) shutdown.add('inspector', inspector.begins({ world, queue, deeds: deedsOf(world, game) }));

  if (config.http.port !== undefined) {
    const metrics = createMetrics(world, queue, announcementFigures(game, world), [
      configFiles,
      contentFiles,
    ]);
    const operations = await serveOperations(config.http.port, metrics, () => {
      const discord = isConnected(client);
      const { connected, problem } = queue.status();
      const isMute = game.pacing.isRefusedTooOften(world.reader, clock.now());
      const problems = [
        discord ? [] : ['Not connected to Discord.'],
        problem ?? [],
        isMute ? [MUTE] : [],
      ].flat();
      return { discord, queue: connected, problems };
    });
    shutdown.add('operations', () => operations.close());
    logger.info({ port: portOf(operations) }, 'Health and metrics are served on 127.0.0.1.');
  }

  shutdown.add('client', async () => {
    await client.destroy();
    await client.settleRequests(ANSWERS_WITHIN);
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (shutdown.signal.aborted) return;
    process.stderr.write(
      `Discord ended the connection for good (close code ${code}); has the token been changed?\n`,
    );
    shutdown.fail();
  });
  client.rest.setToken(token);
  await connectToDiscord(client, token, logger, shutdown.signal);
}

const MUTE =
  'Nothing is sent to channels and players: Discord refused too much in the last ten minutes ' +
  '(`npm run announcements` says how much).';

/** What whoever develops can ask the bot to do. */
function deedsOf(world: World, { dueWork }: Game): Deeds {
  return {
    finishNext: (whose) => {
      const cause = `finish next:${randomUUID()}`;
      const next = world.transact({ cause }, (tx) => dueWork.finishNext(tx, whose));
      if (!next) return null;
      const { kind, id, what, guildId, userId } = next;
      return { kind, id, what, guildId, userId };
    },
  };
}

/** discord.js says that it is ready from the first connection on, whatever became of it. */
function isConnected(client: ForgelingClient): boolean {
  return client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready);
}

/** How long answers that are under way may take when the bot stops: as long as Discord waits for them. */
const ANSWERS_WITHIN = 3_000;

const NO_TOKEN =
  'There is no DISCORD_TOKEN: set it to the token of your bot (README, "On a real server"), ' +
  'or try Forgeling without one by `npm run playground`.';

/** What an operator can mend is said in one sentence; anything else comes with its whole story. */
function tell(error: unknown): string {
  const mendable = [ConfigError, ContentError, WorldIsLocked, QueueIsTaken];
  if (mendable.some((kind) => error instanceof kind)) return (error as Error).message;
  return explain(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
}

async function main(): Promise<void> {
  const settings = new LiveConfig(process.env);
  const { discord, log } = settings.current;
  if (!discord.token) throw new ConfigError(NO_TOKEN);
  const logger = createLogger(log.level, secretsIn(settings.current));
  captureConsole(logger);
  const shutdown = new Shutdown(logger);
  try {
    await start(settings, discord.token, logger, shutdown);
  } catch (error) {
    process.stderr.write(`${tell(error)}\n`);
    shutdown.fail();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${tell(error)}\n`);
  process.exit(1);
}
