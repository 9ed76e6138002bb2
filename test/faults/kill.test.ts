import { expect, test } from 'vitest';
import { testPieces } from '../support/bot-process.ts';
import { HOUR } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

/** Nothing listens there. */
const NOWHERE = 'postgres://nobody:nothing@127.0.0.1:9/nothing';

const FAST = { environment: { GAME_SPEED: '60' } };

/** Waits until everything that was asked for is done, then expects it to have been done exactly once. */
async function expectDoneOnce(stage: Stage): Promise<void> {
  await stage.until(
    'Both channels being told',
    () => stage.query("SELECT DISTINCT channel_id FROM announcements WHERE state = 'sent'").length === 2,
  );
  await stage.until('Every job being done', () => stage.count('outbox') === 0);
  await stage.until('The queue being empty', async () => (await openJobs(stage)).length === 0);

  expect(stage.query('SELECT state FROM crafts')).toEqual([{ state: 'completed' }]);
  for (const event of ['craftStarted', 'itemCrafted', 'xpGranted']) {
    expect(stage.count(`events WHERE name = '${event}'`), event).toBe(1);
  }
  expect(stage.query("SELECT quantity FROM balances WHERE asset = 'xp'")).toEqual([{ quantity: 50 }]);
  expect([1, 2]).toContain(stage.has('star_compass'));
  expect(stage.has('star_shard')).toBe(1);
  expect(stage.has('iron_ore')).toBe(11);
  for (const kind of ['rareItem', 'craftFinished']) expect(told(stage, kind), kind).toBe(1);
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
  expect(stage.discord.messages(stage.workshop).filter(saysReady)).toHaveLength(1);
  expect(stage.count('deliveries')).toBe(0);
  expect(stage.discrepancies()).toEqual([]);
  expect(stage.discord.refusals).toEqual([]);
}

function openJobs(stage: Stage) {
  return stage.jobs('SELECT key, locked_by FROM graphile_worker.jobs');
}

/** The jobs that are to complete the craft, as the queue has them. */
function completions(stage: Stage) {
  return stage.jobs("SELECT locked_by FROM graphile_worker.jobs WHERE key LIKE 'completeCrafting:%'");
}

/** How often something was told, of one kind. */
function told(stage: Stage, kind: string): number {
  return stage.count(`announcements WHERE json_extract(subject, '$.kind') = '${kind}'`);
}

function saysReady({ embeds }: { readonly embeds: readonly { readonly description?: string }[] }): boolean {
  return embeds.some(({ description }) =>
    /your craft is ready: (\d+ × )?\S+ Star Compass/.test(description ?? ''),
  );
}

/** What became of the messages to the server's channel. */
const news = (stage: Stage) =>
  stage.query('SELECT state FROM channel_messages WHERE channel_id = ?', stage.news.id);

/** Where the server's announcements are sent to. */
const toNews = (stage: Stage) => `POST /channels/${stage.news.id}/messages`;

test('killed before the commit of /craft: there is no craft, and the materials are untouched', async () => {
  const stage = await Stage.set(FAST);
  await stage.startBot({ DEVELOPMENT_PIECES: testPieces('kill-in-craftStarted') });
  await stage.chooseAnnouncements();
  stage.discord.as(stage.mira, stage.workshop).command('/craft', { recipe: 'star_compass' });
  expect(await stage.bot.exited).toBe('SIGKILL');

  await stage.startBot();
  for (const table of ['crafts', 'ledger', 'balances', "outbox WHERE task = 'completeCrafting'", 'players'])
    expect(stage.count(table), table).toBe(0);
  await stage.craft('star_compass');
  await expectDoneOnce(stage);
});

test('killed after the commit of /craft and before the queue knew of it', async () => {
  const stage = await Stage.set(FAST);
  stage.launchBot({ JOBS_DATABASE_URL: NOWHERE });
  await stage.ready();
  await stage.chooseAnnouncements();
  await stage.craft('star_compass');
  expect(stage.query("SELECT handed_at FROM outbox WHERE task = 'completeCrafting'")).toEqual([
    { handed_at: null },
  ]);
  await stage.bot.kill();

  await stage.startBot();
  await expectDoneOnce(stage);
});

test('killed after the queue took the job', async () => {
  const stage = await Stage.set(FAST);
  await stage.startBot();
  await stage.chooseAnnouncements();
  await stage.craft('star_compass');
  await stage.until('The queue taking the job', async () => (await completions(stage)).length === 1);
  await stage.bot.kill();
  expect(stage.query('SELECT state FROM crafts')).toEqual([{ state: 'active' }]);

  await stage.startBot();
  await expectDoneOnce(stage);
});

test('killed inside completeCrafting, before its commit', async () => {
  const stage = await Stage.set(FAST);
  await stage.startBot({ DEVELOPMENT_PIECES: testPieces('kill-in-itemCrafted') });
  await stage.chooseAnnouncements();
  await stage.craft('star_compass');
  expect(await stage.bot.exited).toBe('SIGKILL');
  expect(stage.query('SELECT state FROM crafts')).toEqual([{ state: 'active' }]);
  expect(stage.has('star_compass')).toBe(0);
  expect(await completions(stage)).toMatchObject([{ locked_by: expect.any(String) }]);

  await stage.startBot();
  await expectDoneOnce(stage);
});

test('killed after the commit of completeCrafting, before the queue knew of it', async () => {
  const stage = await Stage.set(FAST);
  await stage.startBot();
  await stage.chooseAnnouncements();
  // Completions cannot be written as long as the test holds this lock.
  await stage.jobs(`
    CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN old; END $$;
    CREATE TRIGGER wait_for_test BEFORE DELETE ON graphile_worker._private_jobs
      FOR EACH ROW EXECUTE FUNCTION wait_for_test();`);
  const lock = await stage.holdLock(4711);
  await stage.craft('star_compass');
  await stage.until('The craft being completed', () => stage.count("crafts WHERE state = 'completed'") === 1);
  await stage.until('A completion waiting for the lock', async () => (await stage.waitingFor(4711)) > 0);
  await stage.bot.kill();
  // The server doesn't notice by itself that its client is dead, and would delete the job after all.
  await stage.jobs(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
  );
  await stage.until('The deletion being given up', async () => (await stage.waitingFor(4711)) === 0);
  await lock.release();
  await stage.jobs('DROP TRIGGER wait_for_test ON graphile_worker._private_jobs');
  expect(await completions(stage)).toMatchObject([{ locked_by: expect.any(String) }]);

  await stage.startBot();
  await expectDoneOnce(stage);
});

test('killed after the announcement was frozen, before Discord had it', async () => {
  const stage = await Stage.open(FAST);
  await stage.chooseAnnouncements();
  const held = stage.discord.faults.hold(toNews(stage), { when: 'before', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  expect(news(stage)).toEqual([{ state: 'frozen' }]);
  await stage.bot.kill();
  held.release();
  expect(stage.discord.messages(stage.news)).toEqual([]);

  await stage.startBot();
  await expectDoneOnce(stage);
});

test('killed after Discord had the announcement, before that was recorded', async () => {
  const stage = await Stage.open(FAST);
  await stage.chooseAnnouncements();
  const held = stage.discord.faults.hold(toNews(stage), { when: 'after', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
  expect(news(stage)).toEqual([{ state: 'frozen' }]);
  await stage.bot.kill();
  held.release();

  await stage.startBot();
  await expectDoneOnce(stage);
});

test('killed after Discord had the announcement, and started again when Discord has forgotten its nonce', async () => {
  const stage = await Stage.open(FAST);
  await stage.chooseAnnouncements();
  const held = stage.discord.faults.hold(toNews(stage), { when: 'after', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  await stage.bot.kill();
  held.release();
  const sent = () =>
    stage.discord.log.entries.filter(
      (entry) =>
        entry.kind === 'request' &&
        entry.path === `/channels/${stage.news.id}/messages` &&
        entry.method === 'POST',
    );

  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(HOUR) });
  await expectDoneOnce(stage);
  expect(sent()).toHaveLength(1);
});

test.each([1, 2, 4, 6, 9, 13])(
  'killed at whatever the bot is doing %i steps after the order',
  async (steps) => {
    const stage = await Stage.open(FAST);
    await stage.chooseAnnouncements();
    const from = stage.discord.mark() + stage.count('events') + stage.count('outbox');
    const progress = () => stage.discord.mark() + stage.count('events') + stage.count('outbox') - from;
    const order = stage.discord.as(stage.mira, stage.workshop).command('/craft', { recipe: 'star_compass' });
    await stage.until('So much having happened', () => progress() >= steps || told(stage, 'rareItem') > 0);
    await stage.bot.kill();

    await stage.startBot();
    // An order that was cut off before its commit never happened; the player then asks again.
    if (stage.count('crafts') === 0) await stage.craft('star_compass');
    await expectDoneOnce(stage);
    order.answered.catch(() => undefined);
  },
);
