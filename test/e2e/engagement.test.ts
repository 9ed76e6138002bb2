import { expect, test } from 'vitest';
import { MINUTE } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

const xpOf = (stage: Stage, user: { readonly id: string }) =>
  stage.query<{ quantity: number }>(
    "SELECT quantity FROM balances WHERE asset = 'xp' AND user_id = ?",
    user.id,
  );

test('messages become XP once their minute is over, up to the ceiling, also when the bot was down then', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  for (const words of ['Good morning', 'Is the forge free?']) mira.say(words);
  for (let shout = 0; shout < 12; shout++) tobin.say('Hammer!');
  const tallied = () =>
    stage.query<{ points: number }>('SELECT points FROM engagement_tallies ORDER BY points');
  const points = () => tallied().reduce((sum, tally) => sum + tally.points, 0);
  await stage.until('Every message being tallied', () => points() >= 7);
  await stage.bot.kill();

  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(2 * MINUTE) });
  await stage.until('The tallies being rewarded', () => stage.count('engagement_tallies') === 0);
  expect(xpOf(stage, stage.mira)).toEqual([{ quantity: 2 }]);
  // Five points a minute at the most; his twelve may lie in two minutes.
  expect([5, 10]).toContain(xpOf(stage, stage.tobin)[0]?.quantity);
  expect(stage.count("events WHERE name = 'engagementRewarded'")).toBe(2);
  expect(stage.count("events WHERE name = 'engagementObserved'")).toBe(0);
  expect(stage.discrepancies()).toEqual([]);
});
