import { expect, onTestFinished, test } from 'vitest';
import { startTestPostgres } from '../queue/postgres/support.ts';
import { Stage } from '../support/stage.ts';

/** How long PostgreSQL stays away, in milliseconds: `OUTAGE=60000` for the minute that is promised. */
const OUTAGE = Number(process.env['OUTAGE'] ?? 3_000);

/** A stage with a PostgreSQL of its own that can be taken away, and many players. */
async function stageWithOwnPostgres() {
  const postgres = await startTestPostgres();
  onTestFinished(() => postgres.destroy());
  const stage = await Stage.open({ postgres, environment: { GAME_SPEED: '60' } });
  const players = Array.from({ length: 30 }, (_, index) =>
    stage.discord.addUser({ name: `Player ${index}` }),
  );
  for (const player of players) stage.discord.addMember(stage.guild, player);
  await stage.chooseAnnouncements();
  return { postgres, stage, players };
}

/** Everything that was started is done, once, and nothing is left locked. */
async function expectAllDone(stage: Stage, crafts: number): Promise<void> {
  await stage.until('Every job being done', () => stage.count('outbox') === 0);
  const jobs = () => stage.jobs('SELECT key, locked_by FROM graphile_worker.jobs');
  await stage.until('The queue being empty', async () => (await jobs()).length === 0);
  expect(stage.count("crafts WHERE state = 'completed'")).toBe(crafts);
  expect(stage.count("events WHERE name = 'itemCrafted'")).toBe(crafts);
  expect(stage.count("events WHERE name = 'xpGranted' AND json_extract(data, '$.reason') = 'crafting'")).toBe(
    crafts,
  );
  expect(stage.count("announcements WHERE state NOT IN ('sent', 'folded')")).toBe(0);
  expect(stage.count('deliveries')).toBe(0);
  expect(stage.discrepancies()).toEqual([]);
}

test.each(['fast', 'immediate'] as const)(
  'PostgreSQL is stopped (%s) under use, while a job runs and ends: no command fails, and all is done afterwards',
  async (mode) => {
    const { postgres, stage, players } = await stageWithOwnPostgres();
    const { pid } = stage.bot;
    const held = stage.discord.faults.hold('POST /channels/*/messages', { when: 'after', times: 1 });
    await stage.craft('star_compass');
    await held.reached;

    await postgres.stopServer(mode);
    const end = Date.now() + OUTAGE;
    held.release();
    let crafts = 1;
    for (let turn = 0; turn < players.length || Date.now() < end; turn++) {
      const player = players[turn % players.length] ?? stage.mira;
      const seat = stage.discord.as(player, stage.workshop);
      if (turn < players.length) {
        const started = await stage.craft('star_compass', 1, player);
        expect(started.embeds[0]?.title).toContain('You start on');
        crafts++;
      }
      expect((await seat.command('/inventory').message()).embeds).toHaveLength(1);
      expect((await seat.autocomplete('/craft', 'recipe', 'oak').choices()).length).toBeGreaterThan(0);
    }
    // The players' own commands hand over what is due; what the rest of it asks for waits.
    expect(stage.count('outbox')).toBeGreaterThan(0);
    await stage.bot.logged(({ msg }) => msg.startsWith('The queue is away'));

    await postgres.startServer();
    await expectAllDone(stage, crafts);
    expect(stage.bot.running).toBe(true);
    expect(stage.bot.pid).toBe(pid);
    expect(stage.bot.errors).toBe('');
    expect(stage.discord.refusals).toEqual([]);
  },
  OUTAGE * 2 + 120_000,
);

test('the schema of the queue is dropped under use: no command fails, and all is done afterwards', async () => {
  const { stage, players } = await stageWithOwnPostgres();
  const { pid } = stage.bot;
  for (const player of players.slice(0, 10)) await stage.craft('star_compass', 1, player);
  await stage.jobs('DROP SCHEMA graphile_worker CASCADE');
  for (const player of players.slice(10, 20)) await stage.craft('star_compass', 1, player);
  await expectAllDone(stage, 20);
  expect(stage.bot.pid).toBe(pid);
  expect(stage.bot.running).toBe(true);
});

test('the embedded PostgreSQL is killed under use: the bot starts it again, and all is done', async () => {
  const stage = await Stage.open({ postgres: 'embedded', environment: { GAME_SPEED: '60' } });
  await stage.chooseAnnouncements();
  await stage.craft('star_compass');
  const killed = stage.killEmbeddedPostgres();
  await stage.craft('campfire');
  await stage.until('Every job being done', () => stage.count('outbox') === 0);
  expect(stage.count("crafts WHERE state = 'completed'")).toBe(2);
  expect(stage.embeddedPostgresPid()).not.toBe(killed);
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
  expect(await stage.bot.stop()).toBe(0);
  expect(stage.embeddedPostgresPid()).toBeUndefined();
});
