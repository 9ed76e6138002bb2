import { expect, test } from 'vitest';
import { HOUR } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

test('a craft of four hours survives a restart of the bot and its PostgreSQL, and ends when it is due', async () => {
  const stage = await Stage.open({ postgres: 'embedded' });
  await stage.craft('iron_sword');
  const [craft] = stage.query<{ started_at: number; completes_at: number }>('SELECT * FROM crafts');
  expect((craft?.completes_at ?? 0) - (craft?.started_at ?? 0)).toBe(4 * HOUR);
  await stage.until(
    'The queue taking the job',
    () => stage.count('outbox WHERE handed_at IS NOT NULL') === 1,
  );
  expect(await stage.bot.stop()).toBe(0);

  // An hour before it is due nothing happens but that the queue is asked for it again.
  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(3 * HOUR) });
  await stage.until(
    'The queue taking the job',
    () => stage.count('outbox WHERE handed_at IS NOT NULL') === 1,
  );
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
