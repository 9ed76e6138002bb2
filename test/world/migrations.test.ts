import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import { crafts } from '../../src/game/crafting/crafts.table.ts';
import { createGameBench, MIRA, TOBIN, temporaryFolder, WORKSHOP } from '../support/game.ts';
import { NEWS, TellingBench } from '../support/telling.ts';

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

test('a world from before there were ways to tell something tells what it had to tell, once and where it was to be', () => {
  const old = createOldWorld(3);
  const addMessage = old.prepare(
    `INSERT INTO channel_messages (id, guild_id, channel_id, body, state, frozen_at, ended_at, discord_message_id)
     VALUES (?, @guildId, ?, ?, ?, ?, ?, ?)`,
  );
  const at = Date.UTC(2026, 10, 22, 12);
  addMessage.run('long ago', NEWS, '{"told":"long ago"}', 'sent', at + 1, at + 2, 'd', MIRA);
  addMessage.run('under way', WORKSHOP, '{"told":"before"}', 'frozen', at + 3, null, null, MIRA);
  const addAnnouncement = old.prepare(
    `INSERT INTO announcements (id, guild_id, channel_id, user_id, subject, state, occurred_at, message_id)
     VALUES (?, @guildId, ?, @userId, ?, ?, ?, ?)`,
  );
  const rare = (quantity: number) =>
    JSON.stringify({ kind: 'rareItem', itemId: 'star_compass', quantity, masterworks: 0 });
  const level = (to: number) => JSON.stringify({ kind: 'levelUp', from: to - 1, to });
  const gift = { kind: 'gift', to: TOBIN.userId, itemId: 'coal', quantity: 5 };
  addAnnouncement.run('sent', NEWS, rare(1), 'sent', at, 'long ago', MIRA);
  addAnnouncement.run('frozen', WORKSHOP, level(2), 'pending', at + 2, 'under way', MIRA);
  addAnnouncement.run('pending', NEWS, rare(2), 'pending', at + 3, null, MIRA);
  addAnnouncement.run('given', WORKSHOP, JSON.stringify(gift), 'pending', at + 4, null, MIRA);
  const addJob = old.prepare(
    "INSERT INTO outbox (key, task, payload, run_at) VALUES (?, 'discordNotify', ?, 1)",
  );
  for (const channelId of [NEWS, WORKSHOP])
    addJob.run(`discordNotify:${channelId}`, JSON.stringify({ channelId }));
  const addPreference = old.prepare(
    `INSERT INTO player_preferences (guild_id, user_id, name, value, changed_at)
     VALUES (@guildId, @userId, 'engagementNews', ?, 7)`,
  );
  addPreference.run('true', MIRA);
  addPreference.run('false', TOBIN);
  const addCount = old.prepare('INSERT INTO daily_counts VALUES (@guildId, ?, ?, ?)');
  addCount.run('2026-11-21', 'itemsCrafted', 90, MIRA);
  addCount.run('2026-11-22', 'itemsCrafted', 30, MIRA);
  addCount.run('2026-11-22', 'itemsCrafted:rare', 2, MIRA);
  old.close();

  const telling = new TellingBench(createGameBench({ file: old.name }));
  const { world, game, act } = telling.bench;
  const payload = (channelId: string) => world.outbox.find(`discordNotify:${channelId}`)?.payload;
  expect([payload(NEWS), payload(WORKSHOP)]).toEqual([{ outletId: NEWS }, { outletId: WORKSHOP }]);

  // What may have arrived is sent again as it was; then what was given, to whom it was given.
  const underWay = telling.sending(WORKSHOP);
  expect(underWay).toMatchObject({
    isRepetition: true,
    message: { id: 'under way', body: { told: 'before' } },
  });
  telling.arrive(underWay);
  telling.wait(WORKSHOP);
  telling.arrive(telling.sending(WORKSHOP));
  telling.arrive(telling.sending(NEWS));
  expect(telling.rows()).toMatchObject([
    { id: 'sent', audience: 'server', userId: MIRA.userId, state: 'sent', endedAt: at + 2 },
    { id: 'frozen', audience: 'player', userId: MIRA.userId, state: 'sent', outletId: WORKSHOP },
    { id: 'pending', audience: 'server', userId: MIRA.userId, state: 'sent', outletId: NEWS },
    { id: 'given', audience: 'player', userId: TOBIN.userId, state: 'sent', outletId: WORKSHOP },
  ]);
  expect(telling.rows().at(-1)?.subject).toEqual({
    kind: 'gift',
    from: MIRA.userId,
    itemId: 'coal',
    quantity: 5,
  });

  // Who asked for news of taking part still gets them, and it can be changed; nothing is left of the old preference.
  const news = notificationWay('engagement');
  const chosen = () => [MIRA, TOBIN].map((holder) => game.preferences.get(world.reader, holder, news));
  expect(chosen()).toEqual(['quiet', 'off']);
  act((tx) => game.notifications.choose(tx, MIRA, ['engagement'], 'off'));
  expect(chosen()).toEqual(['off', 'off']);
  expect(world.reader.all(sql`SELECT name FROM player_preferences`)).toEqual([{ name: news.name }]);

  expect(world.reader.all(sql`SELECT * FROM server_totals`)).toEqual([
    { guild_id: MIRA.guildId, metric: 'itemsCrafted', value: 120 },
  ]);
  world.close();
});

test('direct messages from before they had ids of their own go on where they were, and the queue learns no id of a person', () => {
  const old = createOldWorld(4);
  old
    .prepare("INSERT INTO outlets (id, channel_id, state, since) VALUES (?, 'c', 'open', 1)")
    .run(`@${MIRA.userId}`);
  const addAnnouncement = old.prepare(
    `INSERT INTO announcements (id, guild_id, user_id, audience, channel_id, outlet_id, subject, state, occurred_at)
     VALUES (?, @guildId, @userId, 'player', ?, ?, '{"kind":"gift","quantity":1}', 'pending', 1)`,
  );
  for (const holder of [MIRA, TOBIN])
    addAnnouncement.run(holder.userId, WORKSHOP, `@${holder.userId}`, holder);
  const addJob = old.prepare('INSERT INTO outbox (key, task, payload, run_at) VALUES (?, ?, ?, 1)');
  for (const userId of [MIRA.userId, TOBIN.userId, '100000000000000005'])
    addJob.run(`discordNotify:@${userId}`, 'discordNotify', JSON.stringify({ outletId: `@${userId}` }));
  addJob.run(`tellEngagement:${MIRA.guildId}:${MIRA.userId}`, 'tellEngagement', JSON.stringify(MIRA));
  old.prepare("INSERT INTO engagement_news VALUES (@guildId, @userId, 'xp', 5)").run(MIRA);
  old.close();

  const { world, game } = createGameBench({ file: old.name });
  const direct = [MIRA, TOBIN].map(({ userId }) => game.outlets.findDirect(world.reader, userId));
  expect(direct.map((outlet) => outlet?.channelId)).toEqual(['c', null]);
  const jobs = world.outbox.page(0, 10);
  expect(jobs.map(({ key }) => key).sort()).toEqual(
    [...direct.map((outlet) => `discordNotify:${outlet?.id}`), `tellEngagement:${MIRA.guildId}`].sort(),
  );
  expect(JSON.stringify(jobs)).not.toMatch(/1000000000000000/);
  const waiting = world.reader.all<{ user: string; outlet: string }>(
    sql`SELECT user_id AS user, outlet_id AS outlet FROM announcements ORDER BY user_id`,
  );
  expect(waiting).toEqual(
    [MIRA, TOBIN].map(({ userId }, index) => ({ user: userId, outlet: direct[index]?.id })),
  );
  world.close();
});

test('what admins had set before there was a record of it stands in the record', () => {
  const old = createOldWorld(5);
  const addEvent = old.prepare(
    `INSERT INTO events (id, name, version, guild_id, user_id, occurred_at, cause_id, data)
     VALUES (?, ?, 1, @guildId, @userId, 1, 'c', ?)`,
  );
  const change = { setting: 'announcementRarity', before: 'rare', after: 'epic' };
  addEvent.run('set', 'settingsChanged', JSON.stringify(change), MIRA);
  addEvent.run('left', 'serverLeft', '{}', MIRA);
  old.close();

  const { world, game } = createGameBench({ file: old.name });
  const { entries } = game.adminLog.page(world.reader, MIRA.guildId, undefined, 0);
  expect(entries).toMatchObject([{ event: { id: 'set', data: change }, adminId: MIRA.userId, undone: null }]);
  world.close();
});
