import { expect, test } from 'vitest';
import { MINUTE } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

const xpOf = (stage: Stage, user: { readonly id: string }) =>
  stage.query<{ quantity: number }>(
    "SELECT quantity FROM balances WHERE asset = 'xp' AND user_id = ?",
    user.id,
  );

/** What taking part has brought somebody so far, paid or still tallied: also when a minute ends in between. */
function pointsOf(stage: Stage, user: { readonly id: string }): number {
  const [tallied] = stage.query<{ points: number }>(
    'SELECT coalesce(sum(points), 0) AS points FROM engagement_tallies WHERE user_id = ?',
    user.id,
  );
  return (tallied?.points ?? 0) + (xpOf(stage, user)[0]?.quantity ?? 0);
}

/** Waits until what happened before has been dealt with: Discord tells the bot everything in order. */
async function allObserved(stage: Stage): Promise<void> {
  const before = pointsOf(stage, stage.odette);
  stage.discord.as(stage.odette, stage.workshop).say('Everybody out, the forge is closing.');
  await stage.until('The last message being tallied', () => pointsOf(stage, stage.odette) > before);
}

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

test('a reaction counts once for each message, whatever is done with it afterwards', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const [first, second] = [mira.say('Look what I made!'), mira.say('And this!')];
  tobin.react(first, '🔥');
  tobin.unreact(first, '🔥');
  tobin.react(first, '🔥');
  tobin.react(first, '⚒️');
  await allObserved(stage);
  expect(pointsOf(stage, stage.tobin)).toBe(0.5);

  await stage.bot.stop();
  await stage.startBot();
  tobin.unreact(first, '🔥');
  tobin.react(first, '🔥');
  tobin.react(second, '🔥');
  await allObserved(stage);
  expect(pointsOf(stage, stage.tobin)).toBe(1);
});

test('reactions to one’s own words, bots and webhooks do not count', async () => {
  const stage = await Stage.open();
  const golem = stage.discord.addUser({ name: 'Golem', bot: true });
  stage.discord.addMember(stage.guild, golem);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const own = mira.say('Is anybody here?');
  mira.react(own, '👀');
  const machine = stage.discord.as(golem, stage.workshop);
  machine.say('BEEP');
  machine.react(own, '🤖');
  const news = stage.discord.postByWebhook(stage.workshop, { name: 'Town crier', content: 'Oyez!' });
  await allObserved(stage);
  expect(pointsOf(stage, stage.mira)).toBe(1);
  mira.react(news, '📯');
  await allObserved(stage);
  expect(pointsOf(stage, stage.mira)).toBe(1.5);
  const people = stage.query<{ id: string }>('SELECT DISTINCT user_id AS id FROM engagement_tallies');
  for (const { id } of people) expect([stage.mira.id, stage.odette.id]).toContain(id);
  expect(stage.count("balances WHERE asset = 'xp'")).toBeLessThanOrEqual(2);
});

test('a command counts when it was answered, not when it was refused', async () => {
  const stage = await Stage.join({ environment: { GAME_ENGAGEMENT_COMMAND: '2' } });
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const odette = stage.discord.as(stage.odette, stage.workshop);
  await tobin.command('/craft', { recipe: 'philosophers_stone' }).message();
  await tobin.command('/config engagement', {}, { evenIfHidden: true }).message();
  await odette.command('/config engagement').message();
  await stage.until('The subcommand being tallied', () => pointsOf(stage, stage.odette) === 2);
  await mira.command('/profile').message();
  await stage.until('The command being tallied', () => pointsOf(stage, stage.mira) === 2);
  expect(pointsOf(stage, stage.tobin)).toBe(0);
  expect(stage.discord.refusals).toEqual([]);
});

test('what is written or done in a channel that was left out does not count', async () => {
  const stage = await Stage.join({ environment: { GAME_ENGAGEMENT_COMMAND: '2' } });
  const odette = stage.discord.as(stage.odette, stage.workshop);
  await odette.command('/config engagement', { ignore: stage.news }).message();
  const mira = stage.discord.as(stage.mira, stage.news);
  const words = mira.say('Nobody counts this.');
  await mira.command('/profile').message();
  stage.discord.as(stage.tobin, stage.news).react(words, '🤫');
  await allObserved(stage);
  await stage.discord.as(stage.tobin, stage.workshop).command('/profile').message();
  await stage.until('The command elsewhere being tallied', () => pointsOf(stage, stage.tobin) === 2);
  expect(pointsOf(stage, stage.mira)).toBe(0);
});
