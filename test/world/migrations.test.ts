import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { crafts } from '../../src/game/crafting/crafts.table.ts';
import { createGameBench, MIRA, temporaryFolder } from '../support/game.ts';

const MIGRATIONS = join(PROJECT_ROOT, 'src/world/migrations');

interface Journal {
  readonly entries: readonly { readonly tag: string }[];
}

/** A world as it was with the first so many migrations. */
function createOldWorld(migrations: number): SQLite.Database {
  const folder = temporaryFolder('old-world');
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as Journal;
  const entries = journal.entries.slice(0, migrations);
  mkdirSync(join(folder, 'migrations/meta'), { recursive: true });
  writeFileSync(join(folder, 'migrations/meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  for (const { tag } of entries)
    cpSync(join(MIGRATIONS, `${tag}.sql`), join(folder, `migrations/${tag}.sql`));
  const database = new SQLite(join(folder, 'world.sqlite'));
  migrate(drizzle(database), { migrationsFolder: join(folder, 'migrations') });
  return database;
}

test('a world from before there was a queue keeps its crafts, and what was counted is counted again from the log', () => {
  const old = createOldWorld(1);
  const addCraft = old.prepare(
    `INSERT INTO crafts (id, guild_id, user_id, channel_id, recipe_id, quantity, state, started_at, completes_at, promise, seed)
     VALUES (?, @guildId, @userId, '1', 'oak_plank', 1, ?, ?, ?, '{"inputs":[],"output":{"itemId":"oak_plank","rarity":"common","yields":2},"xp":10}', 's')`,
  );
  addCraft.run('later', 'active', 2_000, 9_000, MIRA);
  addCraft.run('earlier', 'active', 1_000, 8_000, MIRA);
  const crafted = { craftId: 'x', recipeId: 'oak_plank', itemId: 'oak_plank', rarity: 'common' };
  const amounts = { crafted: 120, masterworks: 0, quantity: 120, xp: 10, channelId: '1' };
  old
    .prepare(
      `INSERT INTO events (id, name, version, guild_id, user_id, occurred_at, cause_id, data)
       VALUES ('e', 'itemCrafted', 1, @guildId, @userId, 1, 'c', @data)`,
    )
    .run({ ...MIRA, data: JSON.stringify({ ...crafted, ...amounts }) });
  old.prepare("INSERT INTO player_counters VALUES (@guildId, @userId, 'itemsCrafted', 120)").run(MIRA);
  old.close();

  const { world, game, act } = createGameBench({ file: old.name });
  expect(world.reader.select().from(crafts).orderBy(crafts.place).all()).toMatchObject([
    { id: 'earlier', state: 'active', place: 1, orderedAt: 1_000, startedAt: 1_000, duration: 7_000 },
    { id: 'later', state: 'active', place: 2, orderedAt: 2_000, completesAt: 9_000, repeatedBy: null },
  ]);
  act((tx) => game.achievements.begin(tx));
  while (world.outbox.find('replayEvents:achievements')) {
    const revision = world.outbox.find('replayEvents:achievements')?.revision ?? 0;
    act((tx) => game.achievements.replayNext(tx));
    world.outbox.settle(revision);
  }
  const progress = game.achievements.progress(world.reader, MIRA);
  expect(progress.find(({ achievement }) => achievement.id === 'master_crafter')).toMatchObject({
    value: 120,
    unlockedAt: expect.any(Number),
  });
  world.close();
});
