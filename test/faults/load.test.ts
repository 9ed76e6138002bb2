import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testPieces } from '../support/bot-process.ts';
import { Stage } from '../support/stage.ts';

const PLAYERS = 200;
const ORDERS_EACH = 5;
const CONCURRENCY = { JOBS_WORLD_CONCURRENCY: '4', JOBS_OUTSIDE_CONCURRENCY: '3' };
/** More servers than outside workers, so that each of these has a channel to be busy with. */
const SERVERS = 8;

test('1,000 orders at once from 200 players are all answered, and no more jobs run at once than configured', async () => {
  const stage = await Stage.set({
    environment: {
      GAME_SPEED: '5',
      HTTP_PORT: '0',
      LOG_LEVEL: 'info',
      DEVELOPMENT_PIECES: testPieces('gate'),
      ...CONCURRENCY,
    },
  });
  const faults = join(stage.folder, 'faults');
  mkdirSync(faults);
  const { discord } = stage;
  const places = Array.from({ length: SERVERS }, (_, index) => {
    const guild = discord.addGuild({ name: `Server ${index}`, owner: stage.odette });
    return {
      guild,
      workshop: discord.addChannel(guild, { name: 'workshop' }),
      news: discord.addChannel(guild, { name: 'news' }),
    };
  });
  await stage.startBot({ TEST_FAULTS: faults });
  for (const { workshop, news } of places) {
    await discord.as(stage.odette, workshop).command('/config announcements', { channel: news }).message();
  }
  const seats = Array.from({ length: PLAYERS }, (_, index) => {
    const player = discord.addUser({ name: `Player ${index}` });
    const place = places[index % SERVERS] ?? { guild: stage.guild, workshop: stage.workshop };
    discord.addMember(place.guild, player);
    return discord.as(player, place.workshop);
  });

  // Discord holds every announcement, and the jobs of the test wait at their gate: the pools fill up.
  const held = discord.faults.hold('POST /channels/*/messages', { when: 'before' });
  const orders = seats.flatMap((seat) =>
    Array.from({ length: ORDERS_EACH }, (_, order) =>
      seat.command('/craft', { recipe: order === 0 ? 'star_compass' : 'campfire', quantity: 1 }),
    ),
  );
  // `npm run bench -- commands` holds the same to three seconds; here an answer that comes at all is asked for.
  const answers = await Promise.all(orders.map((order) => order.message()));
  for (const answer of answers) expect(answer.embeds[0]?.title).toMatch(/^(You start on|In the queue:)/);
  expect(stage.count('crafts')).toBe(PLAYERS * ORDERS_EACH);

  const metrics = await stage.metrics();
  await stage.until(
    'The world pool being full',
    async () => (await metrics())('jobs_running', 'world') === 4,
  );
  writeFileSync(join(faults, 'gate-is-open'), '');
  await stage.until(
    'The outside pool being full',
    async () => (await metrics())('jobs_running', 'outside') === 3,
  );
  held.release();
  await stage.until('Every job being done', () => stage.count('outbox') === 0, 100_000);

  const after = await metrics();
  expect(after('jobs_most_running', 'world')).toBe(4);
  expect(after('jobs_most_running', 'outside')).toBe(3);
  expect(stage.count("crafts WHERE state = 'completed'")).toBe(PLAYERS * ORDERS_EACH);
  for (const [kind, count] of [
    ['rareItem', PLAYERS],
    ['craftFinished', PLAYERS * ORDERS_EACH],
  ] as const) {
    expect(
      stage.count(
        `announcements WHERE state IN ('sent', 'folded') AND json_extract(subject, '$.kind') = '${kind}'`,
      ),
      kind,
    ).toBe(count);
  }
  expect(stage.count("announcements WHERE state NOT IN ('sent', 'folded')")).toBe(0);
  expect(discord.counters.rateLimited ?? 0).toBe(0);
  expect(discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
}, 240_000);
