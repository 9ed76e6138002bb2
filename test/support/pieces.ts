import { join } from 'node:path';
import type { Listener } from '@sapphire/framework';
import type { JobHelpers } from 'graphile-worker';
import { createOfflineClient } from '../../simulation/offline-client.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { ChannelSender } from '../../src/discord/channel-sender.ts';
import { createCourier } from '../../src/discord/courier.ts';
import { Inbox } from '../../src/discord/inbox.ts';
import { ServerDirectory } from '../../src/discord/server-directory.ts';
import { beginGame } from '../../src/game/game.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { fillContainer } from '../../src/pieces/container.ts';
import { JobRunner } from '../../src/queue/job-runner.ts';
import type { RunnableJob } from '../../src/queue/runnable-job.ts';
import { Backups } from '../../src/world/backups.ts';
import { createGameBench, type GameBench, temporaryFolder } from './game.ts';

/** The game with every piece loaded as in production; no connection to Discord, no PostgreSQL. */
export interface PieceBench extends GameBench {
  /** Adds a listener, as a file in `src/listeners/domain` would; one of the same name goes. */
  addListener(name: string, piece: new (context: Listener.LoaderContext) => Listener): Promise<void>;
  /** One that was found in a file. */
  listener(name: string): Listener;
  /** Takes one away again, as if its file had been deleted. */
  removeListener(name: string): Promise<void>;
  /**
   * Runs the jobs of one task that are due, as the queue would: each once.
   *
   * @returns how many there were
   */
  runDueJobs(task: string): Promise<number>;
}

export interface PieceBenchOptions {
  /** Where the languages are; those that players get by default. */
  readonly localesDirectory?: string;
}

/** Makes one. */
export async function createPieceBench({
  localesDirectory = join(PROJECT_ROOT, 'data/locales'),
}: PieceBenchOptions = {}): Promise<PieceBench> {
  const bench = createGameBench();
  const { world, game, bus, clock } = bench;
  const logger = createLogger('silent');
  const serverDirectory = new ServerDirectory(() => client, clock);
  const courier = createCourier('none', 'http://127.0.0.1:9', {
    beforeRequest: () => Promise.resolve(),
    onInvalidAnswer: () => undefined,
  });
  const channelSender = new ChannelSender({ courier, servers: serverDirectory, clock });
  const inbox = new Inbox({ world, game });
  const directory = join(temporaryFolder('backups'), 'backups');
  const backups = new Backups({ world, directory, keepDays: 7 });
  fillContainer({ world, game, bus, channelSender, serverDirectory, inbox, backups });
  const client = createOfflineClient(logger, localesDirectory);
  await client.loadPieces();
  world.transact({ cause: 'start' }, (tx) => beginGame(tx, game));
  const listeners = client.stores.get('listeners');
  const jobs = client.stores.get('jobs').values() as Iterable<RunnableJob>;
  const tasks = new JobRunner(world, [...jobs], { world: 1, outside: 1 }, logger).taskList('world');
  return {
    ...bench,
    addListener: async (name, piece) => void (await listeners.loadPiece({ name, piece })),
    listener: (name) => {
      const piece = listeners.get(name);
      if (!piece) throw new Error(`There is no listener "${name}".`);
      return piece;
    },
    removeListener: async (name) => void (await listeners.unload(name)),
    runDueJobs: async (task) => {
      const due = world.outbox.page(0, 1_000).filter((row) => row.task === task && row.runAt <= clock.now());
      // Of what the queue tells a task, the runner looks at the key only.
      for (const { key, payload } of due) await tasks[task]?.(payload, { job: { key } } as JobHelpers);
      return due.length;
    },
  };
}
