import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import SQLite, { type Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import pg from 'pg';
import { expect, inject, onTestFinished } from 'vitest';
import { LoopbackDiscord } from '../../playground/discord/index.ts';
import { type Discrepancy, verifyLedger } from '../../src/world/ledger.ts';
import { createDatabaseOn, execute, type TestPostgres } from '../queue/postgres/support.ts';
import { BotProcess } from './bot-process.ts';
import { temporaryFolder } from './game.ts';
import { sharedStages } from './shared-stages.ts';

/**
 * How long the bot may take for an answer here, in milliseconds. Discord gives it three seconds, which `npm run bench`
 * holds it to; a test that fails because the machine was busy with something else would tell nobody anything.
 */
const PATIENCE = 15_000;

export interface StageOptions {
  /** What the bot's environment has besides. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the jobs are: a database of the run's PostgreSQL (default), the bot's own embedded one, or a server of the test's. */
  readonly postgres?: 'shared' | 'embedded' | TestPostgres;
}

/**
 * The whole of Forgeling as a player meets it: Discord on loopback, the bot as a process of its own, a real PostgreSQL,
 * a server with two players and an admin. Everything is taken down when the test ends.
 */
export class Stage {
  readonly discord: LoopbackDiscord;
  readonly folder: string;
  readonly databaseUrl: string | undefined;
  readonly odette;
  readonly mira;
  readonly tobin;
  readonly guild;
  readonly workshop;
  readonly news;
  readonly #environment: Readonly<Record<string, string>>;
  #bot: BotProcess | undefined;
  #world: Database | undefined;

  private constructor(
    discord: LoopbackDiscord,
    databaseUrl: string | undefined,
    environment: Readonly<Record<string, string>>,
    folder = temporaryFolder('world'),
  ) {
    this.discord = discord;
    this.folder = folder;
    this.databaseUrl = databaseUrl;
    this.#environment = environment;
    this.odette = discord.addUser({ name: 'Odette' });
    this.mira = discord.addUser({ name: 'Mira' });
    this.tobin = discord.addUser({ name: 'Tobin' });
    this.guild = discord.addGuild({ name: 'The Anvil', owner: this.odette });
    for (const person of [this.mira, this.tobin]) discord.addMember(this.guild, person);
    this.workshop = discord.addChannel(this.guild, { name: 'workshop' });
    this.news = discord.addChannel(this.guild, { name: 'announcements' });
  }

  /** Sets the stage, without the bot. */
  static async set({ environment = {}, postgres = 'shared' }: StageOptions = {}): Promise<Stage> {
    const discord = await LoopbackDiscord.start({ answerWithin: PATIENCE });
    const stage = new Stage(discord, await databaseOn(postgres), environment);
    onTestFinished(() => stage.#clear());
    return stage;
  }

  /** Sets the stage and starts the bot. */
  static async open(options: StageOptions = {}): Promise<Stage> {
    const stage = await Stage.set(options);
    await stage.startBot();
    return stage;
  }

  /**
   * A new server with people of its own, on a bot that is shared with the other tests of this file: for what needs no
   * bot of its own, since a start takes longer than most tests. Only what happens in this server is seen of the world.
   */
  static async join({ environment = {} }: Pick<StageOptions, 'environment'> = {}): Promise<Stage> {
    const key = JSON.stringify(environment);
    let host = sharedStages.get(key);
    if (!host?.bot.running) {
      await host?.closeShared();
      host = new Stage(
        await LoopbackDiscord.start({ answerWithin: PATIENCE }),
        await databaseOn('shared'),
        environment,
      );
      sharedStages.set(key, host);
      await host.startBot();
    }
    const stage = new Stage(host.discord, host.databaseUrl, environment, host.folder);
    stage.#bot = host.bot;
    stage.#world = ownPart(host.folder, stage.guild.id);
    onTestFinished(() => stage.#leave());
    return stage;
  }

  get bot(): BotProcess {
    if (!this.#bot) throw new Error('The bot has not been started.');
    return this.#bot;
  }

  /** Starts the bot and waits until it answers and its queue runs. */
  async startBot(environment: Readonly<Record<string, string>> = {}): Promise<BotProcess> {
    const bot = this.launchBot(environment);
    await this.ready();
    await bot.logged(({ msg }) => msg === 'The queue is running.');
    return bot;
  }

  /** Starts the bot without waiting for anything. */
  launchBot(environment: Readonly<Record<string, string>> = {}): BotProcess {
    this.#bot = BotProcess.start({
      DISCORD_TOKEN: this.discord.token,
      DISCORD_API_URL: this.discord.apiUrl,
      DATA_DIR: this.folder,
      JOBS_POLL_INTERVAL: '100',
      // Else everybody who uses a command has more XP from the next full minute on, in the middle of any test.
      GAME_ENGAGEMENT_COMMAND: '0',
      // Else there is always a job that waits for tomorrow.
      BACKUPS_KEEP_DAYS: '0',
      // Else the first message in every server would be the bot's hello.
      GAME_GREETING: 'false',
      ...(this.databaseUrl ? { JOBS_DATABASE_URL: this.databaseUrl } : {}),
      ...this.#environment,
      ...environment,
    });
    return this.#bot;
  }

  /** Waits until the bot that was started last answers. */
  async ready(): Promise<void> {
    const bot = this.bot;
    const ended = bot.exited.then((code) => {
      throw new Error(
        `The bot ended with ${code} instead of getting ready.\n${bot.errors}\n${bot.lastLines()}`,
      );
    });
    ended.catch(() => undefined);
    await Promise.race([bot.logged(({ msg }) => msg.startsWith('Ready:')), ended]);
  }

  /** Announces in #announcements, as an admin would set it. */
  async chooseAnnouncements(): Promise<void> {
    await this.discord
      .as(this.odette, this.workshop)
      .command('/config announcements', { channel: this.news })
      .message();
  }

  /** Orders a craft and returns the answer. */
  async craft(recipe: string, quantity = 1, who = this.mira) {
    return this.discord.as(who, this.workshop).command('/craft', { recipe, quantity }).message();
  }

  /** Looks into the world, beside the bot. */
  query<Row = Record<string, unknown>>(sql: string, ...parameters: unknown[]): Row[] {
    this.#world ??= new SQLite(join(this.folder, 'world.sqlite'), { readonly: true });
    return this.#world.prepare(sql).all(...parameters) as Row[];
  }

  /** How many rows a query finds. */
  count(from: string): number {
    return this.query<{ count: number }>(`SELECT count(*) AS count FROM ${from}`)[0]?.count ?? 0;
  }

  /** What one person has of an item. */
  has(itemId: string, who = this.mira): number {
    const rows = this.query<{ quantity: number }>(
      'SELECT quantity FROM balances WHERE user_id = ? AND asset = ?',
      who.id,
      `item:${itemId}`,
    );
    return rows[0]?.quantity ?? 0;
  }

  /** Where the ledger and the balances disagree: nowhere, at any time. */
  discrepancies(): Discrepancy[] {
    this.query('SELECT 1');
    if (!this.#world) return [];
    return verifyLedger(drizzle(this.#world));
  }

  /** Asks the queue's database. */
  async jobs(statement: string): Promise<Record<string, unknown>[]> {
    return execute(this.#requireDatabase(), statement);
  }

  /** Where to read the bot's metrics; the bot needs an HTTP_PORT. Each reading is looked up by name and pool. */
  async metrics(): Promise<() => Promise<(name: string, pool: string) => number | undefined>> {
    const { port } = await this.bot.logged(({ msg }) => msg.startsWith('Health and metrics'));
    return async () => {
      const text = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
      return (name, pool) => {
        const line = text.split('\n').find((each) => each.startsWith(`forgeling_${name}{pool="${pool}"}`));
        return line === undefined ? undefined : Number(line.split(' ').at(-1));
      };
    };
  }

  /** The process of the bot's own PostgreSQL, while it runs. */
  embeddedPostgresPid(): number | undefined {
    const file = join(this.folder, 'postgres/cluster/data/postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
  }

  /** Kills the bot's own PostgreSQL. @returns which process it was */
  killEmbeddedPostgres(): number {
    const pid = this.embeddedPostgresPid();
    if (pid === undefined) throw new Error('There is no embedded PostgreSQL.');
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  /** Takes an advisory lock in the queue's database, for what has to wait at a certain point. */
  async holdLock(key: number): Promise<{ release(): Promise<void> }> {
    const client = new pg.Client({ connectionString: this.#requireDatabase() });
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [key]);
    return { release: () => client.end() };
  }

  /** How many connections wait for an advisory lock. */
  async waitingFor(key: number): Promise<number> {
    const rows = await this.jobs(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${key} AND NOT granted`,
    );
    return rows.length;
  }

  /** Waits until something is true of the world or the queue, asking again and again. */
  async until(what: string, isTrue: () => boolean | Promise<boolean>, within = 60_000): Promise<void> {
    const end = Date.now() + within;
    while (!(await isTrue())) {
      if (Date.now() > end) throw new Error(`${what} did not come true.\n${this.#bot?.lastLines()}`);
      const { promise, resolve } = Promise.withResolvers<void>();
      setTimeout(resolve, 20);
      await promise;
    }
  }

  #requireDatabase(): string {
    if (!this.databaseUrl) throw new Error('This stage has no database of its own.');
    return this.databaseUrl;
  }

  /** Takes this down, when all that was asked of it adds up. */
  async closeShared(): Promise<void> {
    try {
      expect(this.discrepancies()).toEqual([]);
    } finally {
      await this.#clear();
    }
  }

  #leave(): void {
    this.discord.faults.clear();
    this.#world?.close();
  }

  async #clear(): Promise<void> {
    this.discord.faults.clear();
    this.#world?.close();
    if (this.#bot?.running) await this.#bot.stop();
    await this.discord.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A world of which only one server is seen: before each table that tells servers apart stands a view of its part. */
function ownPart(folder: string, guildId: string): Database {
  const world = new SQLite(join(folder, 'world.sqlite'), { readonly: true });
  const tables = world
    .prepare(
      `SELECT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND columns.name = 'guild_id'`,
    )
    .pluck()
    .all() as string[];
  for (const table of tables) {
    world.exec(`CREATE TEMP VIEW "${table}" AS SELECT * FROM main."${table}" WHERE guild_id = '${guildId}'`);
  }
  return world;
}

async function databaseOn(postgres: NonNullable<StageOptions['postgres']>): Promise<string | undefined> {
  if (postgres === 'embedded') return undefined;
  return postgres === 'shared' ? createDatabaseOn(inject('postgresUrl')) : postgres.createDatabase();
}
