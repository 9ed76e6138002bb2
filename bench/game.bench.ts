import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { PROJECT_ROOT } from '../src/config/load.ts';
import { configSchema } from '../src/config/schema.ts';
import { createEventBus } from '../src/events/bus.ts';
import { loadCatalog } from '../src/game/content/load.ts';
import { createGame } from '../src/game/game.ts';
import { systemClock } from '../src/world/clock.ts';
import { World } from '../src/world/world.ts';
import { report } from './report.ts';

const PLAYERS = 2_000;

/** An order as a transaction of the game, and the same rows written by prepared statements and nothing else. */
export default async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'forgeling-bench-'));
  const world = new World({
    file: join(folder, 'world.sqlite'),
    clock: systemClock(),
    dispatcher: createEventBus(),
  });
  const catalog = { current: loadCatalog(join(PROJECT_ROOT, 'data/content')) };
  const { crafting, players } = createGame(catalog, { current: configSchema.parse({}) });
  const order = (player: number) =>
    world.transact({ cause: `${Math.random()}` }, (tx) =>
      crafting.startCraft(tx, {
        guildId: '1',
        userId: String(player),
        channelId: '1',
        recipeId: 'campfire',
        quantity: 1,
      }),
    );
  for (let player = 0; player < PLAYERS; player++) {
    world.transact({ cause: `${player}` }, (tx) =>
      players.ensure(tx, { guildId: '1', userId: String(player) }),
    );
  }
  const game = perSecond(() => {
    for (let player = 0; player < PLAYERS; player++) order(player);
  });
  world.close();

  const raw = rawOrders(join(folder, 'raw.sqlite'));
  rmSync(folder, { recursive: true, force: true });
  report('orders of known players, the game', { 'a second': game });
  report('the same rows, prepared SQLite alone', { 'a second': raw });
  report('SQLite alone / the game', { times: raw / game });
}

/** One order is an event, two ledger rows, two balances, a craft and a job. */
function rawOrders(file: string): number {
  const database = new SQLite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec(`
    CREATE TABLE rows (id INTEGER PRIMARY KEY, kind TEXT, a TEXT, b TEXT, c TEXT, data TEXT);
    CREATE TABLE balances (id TEXT PRIMARY KEY, quantity INTEGER);
    INSERT INTO balances VALUES ('wood', 0), ('stone', 0);`);
  const insert = database.prepare('INSERT INTO rows (kind, a, b, c, data) VALUES (?, ?, ?, ?, ?)');
  const change = database.prepare('UPDATE balances SET quantity = quantity + 1 WHERE id = ?');
  const data = JSON.stringify({ recipeId: 'campfire', inputs: ['wood', 'stone'] });
  const write = database.transaction((player: string) => {
    for (const kind of ['event', 'ledger', 'ledger', 'craft', 'job'])
      insert.run(kind, '1', player, 'x', data);
    change.run('wood');
    change.run('stone');
  });
  const result = perSecond(() => {
    for (let player = 0; player < PLAYERS; player++) write.immediate(String(player));
  });
  database.close();
  return result;
}

function perSecond(work: () => void): number {
  const started = performance.now();
  work();
  return (PLAYERS / (performance.now() - started)) * 1_000;
}
