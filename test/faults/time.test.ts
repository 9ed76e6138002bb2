import { expect, test } from 'vitest';
import { HOUR } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

/** Whether the queue knows of the completion. */
const isHanded = (stage: Stage) =>
  stage.count("outbox WHERE task = 'completeCrafting' AND handed_at IS NOT NULL") === 1;

test('a craft of four hours survives a restart of the bot and its PostgreSQL, and ends when it is due', async () => {
  const stage = await Stage.open({ postgres: 'embedded' });
  await stage.craft('iron_sword');
  const [craft] = stage.query<{ started_at: number; completes_at: number }>('SELECT * FROM crafts');
  expect((craft?.completes_at ?? 0) - (craft?.started_at ?? 0)).toBe(4 * HOUR);
  await stage.until('The queue taking the job', () => isHanded(stage));
  expect(await stage.bot.stop()).toBe(0);

  // An hour before it is due nothing happens but that the queue is asked for it again.
  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(3 * HOUR) });
  await stage.until('The queue taking the job', () => isHanded(stage));
  expect(stage.query('SELECT state FROM crafts')).toEqual([{ state: 'active' }]);
  expect(await stage.bot.stop()).toBe(0);

  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(4 * HOUR) });
  await stage.until('The craft being done', () => stage.count("crafts WHERE state = 'completed'") === 1);
  const crafted = stage.query<{ occurred_at: number }>(
    "SELECT occurred_at FROM events WHERE name = 'itemCrafted'",
  );
  expect(crafted).toEqual([{ occurred_at: craft?.completes_at }]);
  expect(stage.has('iron_sword')).toBeGreaterThanOrEqual(1);
  expect(stage.discrepancies()).toEqual([]);
});

test('a craft that fell due while the bot was down is done at the start, dated at its due time', async () => {
  const stage = await Stage.open();
  await stage.craft('iron_sword');
  const [craft] = stage.query<{ completes_at: number }>('SELECT completes_at FROM crafts');
  await stage.bot.kill();

  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(30 * HOUR) });
  await stage.until('The craft being done', () => stage.count("crafts WHERE state = 'completed'") === 1);
  expect(stage.query('SELECT ended_at FROM crafts')).toEqual([{ ended_at: craft?.completes_at }]);
  for (const event of ['itemCrafted', 'xpGranted']) {
    expect(stage.query('SELECT occurred_at FROM events WHERE name = ?', event)).toEqual([
      { occurred_at: craft?.completes_at },
    ]);
  }
});

test('a queue goes on while the bot is down: each craft starts and ends when its turn had come', async () => {
  const stage = await Stage.open();
  for (const recipe of ['iron_sword', 'campfire', 'star_compass']) await stage.craft(recipe);
  const [{ completes_at: first }] = stage.query<{ completes_at: number }>(
    'SELECT completes_at FROM crafts ORDER BY place',
  ) as [{ completes_at: number }];
  await stage.bot.kill();

  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(30 * HOUR) });
  await stage.until('All being done', () => stage.count("crafts WHERE state = 'completed'") === 3);
  expect(stage.query('SELECT ended_at FROM crafts ORDER BY place')).toEqual([
    { ended_at: first },
    { ended_at: first + 15_000 },
    { ended_at: first + 75_000 },
  ]);
  expect(stage.query("SELECT occurred_at FROM events WHERE name = 'craftStarted'")[2]).toEqual({
    occurred_at: first + 15_000,
  });
  expect(stage.discrepancies()).toEqual([]);
});
