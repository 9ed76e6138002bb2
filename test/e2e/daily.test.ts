import { expect, test } from 'vitest';
import { HOUR } from '../support/game.ts';
import { Stage } from '../support/stage.ts';
import { refusal } from '../support/unchanged.ts';

test('the gift of the day is handed over once, and grows with the streak', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const answer = await mira.command('/daily', {}, { delivery: 'twice' }).message();
  expect(answer.visibleTo).toBeNull();
  expect(answer.embeds[0]).toMatchObject({
    title: '🎁 Your gift of the day',
    description: expect.stringMatching(
      /^\d+ × .*, \d+ XP\n\nThe first day of your streak\n▰▱+\nThe next gift comes <t:\d+:R>: \d+ × .*, \d+ XP$/,
    ),
  });
  const [claimed] = stage.query<{ data: string }>("SELECT data FROM events WHERE name = 'dailyClaimed'");
  const { xp } = JSON.parse(claimed?.data ?? '{}') as { xp: number };
  expect(stage.query("SELECT quantity FROM balances WHERE asset = 'xp'")).toEqual([{ quantity: xp }]);
  expect(await refusal(stage, () => mira.command('/daily'))).toMatch(
    /^You have taken today’s gift already\. The next one comes <t:\d+:R>; take it for a second day in a row\.$/,
  );

  await stage.bot.stop();
  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(24 * HOUR) });
  const next = await mira.command('/daily').message();
  expect(next.embeds[0]?.description).toContain('2 days in a row\n▰▰▱');
  expect(await refusal(stage, () => mira.command('/daily'))).toContain('2 days in a row now.');
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('asked for fifty times at once, it is given once', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const orders = Array.from({ length: 50 }, () => mira.command('/daily'));
  const answers = await Promise.all(orders.map((order) => order.message()));
  expect(answers.filter(({ visibleTo }) => visibleTo === null)).toHaveLength(1);
  expect(stage.count("events WHERE name = 'dailyClaimed'")).toBe(1);
  expect(stage.discrepancies()).toEqual([]);
});
