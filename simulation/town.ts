import { container } from '@sapphire/framework';
import type { REST } from 'discord.js';
import type { JobHelpers, TaskList } from 'graphile-worker';
import { configSchema } from '../src/config/schema.ts';
import { ChannelSender } from '../src/discord/channel-sender.ts';
import { Inbox } from '../src/discord/inbox.ts';
import { ServerDirectory } from '../src/discord/server-directory.ts';
import { createEventBus, type EventBus } from '../src/events/bus.ts';
import type { Catalog } from '../src/game/content/catalog.ts';
import { beginGame, createGame, type Game } from '../src/game/game.ts';
import { createLogger } from '../src/ops/logger.ts';
import { fillContainer } from '../src/pieces/container.ts';
import { JobRunner } from '../src/queue/job-runner.ts';
import { POOLS, type RunnableJob } from '../src/queue/runnable-job.ts';
import { Backups } from '../src/world/backups.ts';
import { openDatabase } from '../src/world/database.ts';
import { deriveId } from '../src/world/ids.ts';
import type { Tx } from '../src/world/transaction.ts';
import { World } from '../src/world/world.ts';
import { MINUTE, SimulatedClock } from './clock.ts';
import { createOfflineClient } from './offline-client.ts';

/** A Monday, so that weeks and days begin together. */
export const BEGINNING = Date.UTC(2026, 0, 5);

export const GUILD = '900000000000000001';
export const SQUARE = '800000000000000001';

/** How long what is told outside waits for more to be told with it, in milliseconds. */
const POST_WAITS = 10 * MINUTE;

/** A job, and when it is due in milliseconds UTC. */
export interface DueJob {
  readonly key: string;
  readonly at: number;
}

export interface TownOptions {
  readonly catalog: Catalog;
  /** Everything that chance decides follows from this. */
  readonly seed: string;
  /** A file that isn't there yet. */
  readonly file: string;
}

/**
 * A server with the game as players get it: the real world, rules, listeners and jobs. Only what lies outside is
 * missing: time jumps, the jobs are run without PostgreSQL in the order in which they are due, and Discord takes every
 * message without showing it to anybody. There is one town at a time in a process, since pieces share one container.
 */
export class Town {
  readonly world: World;
  readonly game: Game;
  readonly clock: SimulatedClock;
  /** What listeners threw. It is tried again, as always; but none should throw at all. */
  readonly failures: readonly string[];
  /** How many messages the channels were sent. */
  messages = 0;
  /** How many jobs were run. */
  jobs = 0;
  #tasks: TaskList = {};
  #outside: ReadonlySet<string> = new Set();
  /** When which of the jobs that reach outside is run, the next one first: each waits equally long. */
  readonly #post = new Map<string, number>();
  #actions = 0;

  readonly #bus: EventBus;

  private constructor(
    world: World,
    game: Game,
    clock: SimulatedClock,
    bus: EventBus,
    failures: readonly string[],
  ) {
    this.#bus = bus;
    this.failures = failures;
    this.world = world;
    this.game = game;
    this.clock = clock;
  }

  /** Founds one. */
  static async found({ catalog, seed, file }: TownOptions): Promise<Town> {
    writeSecret(file, seed);
    const clock = new SimulatedClock(BEGINNING);
    const bus = createEventBus();
    const failures: string[] = [];
    const world = new World({
      file,
      clock,
      dispatcher: bus,
      onListenerFailure: ({ listener, event, error }) => {
        failures.push(
          `${listener} failed on ${event.name}: ${error instanceof Error ? error.message : error}`,
        );
      },
    });
    const game = createGame({ current: catalog }, { current: configSchema.parse({}) });
    const town = new Town(world, game, clock, bus, failures);
    const serverDirectory = new OwnServers(() => container.client, clock);
    const channelSender = new ChannelSender({ courier: town.#mailbox(), servers: serverDirectory, clock });
    const inbox = new Inbox({ world, game });
    const backups = new Backups({ world, directory: '', keepDays: 0 });
    fillContainer({ world, game, bus, channelSender, serverDirectory, inbox, backups });
    await town.#loadPieces();
    world.transact({ cause: 'start' }, (tx) => beginGame(tx, game));
    return town;
  }

  /** Calls back for each craft that was handed over. */
  onCrafted(tell: (userId: string, recipeId: string) => void): void {
    this.#bus.emitter.on('itemCrafted', ({ event: { userId, data } }) => {
      if (userId !== null) tell(userId, data.recipeId);
    });
  }

  /** Does something, as a command of a player would. What is due for the player must have been settled. */
  act<Result>(body: (tx: Tx) => Result): Result {
    return this.world.transact({ cause: `action ${++this.#actions}` }, body);
  }

  /** Lets the game see that somebody took part in the chat. */
  observe(publish: (tx: Tx) => void): void {
    this.world.transact({ cause: `sighting ${++this.#actions}` }, publish);
  }

  /** The job that is due next. Those that reach outside wait a little, so that one message tells of much. */
  nextJob(): DueJob | undefined {
    for (;;) {
      const [row] = this.world.outbox.toHandOver(1);
      const [post] = this.#post;
      if (!row || (post && post[1] <= row.runAt)) return post && { key: post[0], at: post[1] };
      if (!this.#outside.has(row.task)) return { key: row.key, at: row.runAt };
      this.world.outbox.markHanded([row.revision], this.clock.now());
      if (!this.#post.has(row.key)) this.#post.set(row.key, row.runAt + POST_WAITS);
    }
  }

  /** Runs a job at its time. @throws when it fails */
  async run({ key, at }: DueJob): Promise<void> {
    this.clock.jumpTo(at);
    this.#post.delete(key);
    const row = this.world.outbox.find(key);
    if (!row) return;
    const task = this.#tasks[row.task];
    if (!task) throw new Error(`There is no job "${row.task}".`);
    this.jobs++;
    // Of what the queue tells a task, the runner looks at the key only.
    await task(row.payload, { job: { key } } as JobHelpers);
  }

  close(): void {
    this.world.close();
  }

  async #loadPieces(): Promise<void> {
    const logger = createLogger('silent');
    const client = createOfflineClient(logger);
    await client.loadPieces();
    const jobs = [...client.stores.get('jobs').values()] as unknown as RunnableJob[];
    const runner = new JobRunner(this.world, jobs, { world: 1, outside: 1 }, logger);
    this.#tasks = Object.assign({}, ...POOLS.map((pool) => runner.taskList(pool)));
    this.#outside = new Set(Object.keys(runner.taskList('outside')));
  }

  /** Discord as far as the town's news need it. */
  #mailbox(): REST {
    const post = async () => ({ id: deriveId('message', ++this.messages) });
    return { post, get: async () => [] } as unknown as REST;
  }
}

/** Nothing keeps the bot from writing anywhere in the town, and nobody has to tell it. */
class OwnServers extends ServerDirectory {
  override get isKnown(): boolean {
    return true;
  }
}

/** A world makes up its secret when it is new; here it follows from the seed, so that chance repeats itself. */
function writeSecret(file: string, seed: string): void {
  const database = openDatabase(file);
  const insert = database.prepare('INSERT INTO world_facts (name, value) VALUES (?, ?)');
  insert.run('id', deriveId('id', seed));
  insert.run('secret', deriveId('secret', seed));
  database.close();
}
