import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InteractionHandle } from '../../playground/discord/people/handle.ts';
import { createEventBus } from '../../src/events/bus.ts';
import { xpGranted } from '../../src/events/xpGranted.ts';
import { World } from '../../src/world/world.ts';
import { runCommand } from '../support/bot-process.ts';
import { Stage } from '../support/stage.ts';

/** How many people play besides those of the stage. */
const CROWD = 23;

/** XP for a crowd, as if they had played: the first has the most. Beside the bot, as an operator's command. */
function fillServer(stage: Stage): void {
  const clock = { now: () => Date.now(), toMachineTime: (time: number) => time };
  const file = join(stage.folder, 'world.sqlite');
  const world = new World({ file, clock, dispatcher: createEventBus(), lock: false });
  const guildId = stage.guild.id;
  world.transact({ cause: 'test' }, (tx) => {
    for (let person = 0; person < CROWD; person++) {
      const userId = `10000000000000${String(1000 + person)}`;
      tx.publish(xpGranted, { guildId, userId, data: { amount: 1_000 - person, reason: 'test' } });
    }
    tx.publish(xpGranted, { guildId, userId: stage.mira.id, data: { amount: 5, reason: 'test' } });
  });
  world.close();
}

const rebuild = (stage: Stage) =>
  runCommand('world', ['rebuild', 'leaderboards'], { DATA_DIR: stage.folder });

const scores = (stage: Stage) => stage.query('SELECT * FROM scores ORDER BY board, period');

async function description(handle: InteractionHandle): Promise<string> {
  return (await handle.message()).embeds[0]?.description ?? '';
}

const personInRank = (rank: number) => `<@10000000000000${1_000 + rank - 1}>`;

test('a leaderboard has pages that work after a restart, for whoever asked; they see their own rank', async () => {
  const stage = await Stage.open();
  fillServer(stage);
  expect(await rebuild(stage)).toMatchObject({ code: 0, output: expect.stringContaining('made anew') });
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const tobin = stage.discord.as(stage.tobin, stage.workshop);

  const first = await mira.command('/leaderboard', { board: 'xp', period: 'all' }).message();
  expect(first.visibleTo).toBeNull();
  expect(first.embeds[0]).toMatchObject({ title: '🏆 XP · All time', footer: { text: '24 players' } });
  const text = first.embeds[0]?.description ?? '';
  expect(text).toContain(`🥇 ${personInRank(1)} · 1,000 XP\n🥈 ${personInRank(2)} · 999 XP\n🥉`);
  expect(text).toContain(`**10.** ${personInRank(10)}`);
  expect(text).toContain(
    `You are number 24 of 24:\n**23.** ${personInRank(23)} · 978 XP\n**24.** <@${stage.mira.id}> · 5 XP ← you`,
  );

  const refusal = await tobin.press(first, 'Next ▶').message();
  expect(refusal.visibleTo).toBe(stage.tobin.id);
  expect(refusal.content).toContain('Somebody else is reading these');

  await stage.bot.stop();
  await stage.startBot();
  expect(await description(mira.press(first, 'Next ▶'))).toMatch(/^\*\*11\.\*\* /);
  expect(await description(mira.press(first, 'Next ▶'))).toContain('**24.** ');
  expect(await description(mira.press(first, '◀ Back'))).toMatch(/^\*\*11\.\*\* /);
  expect(await description(mira.press(first, 'This week'))).toMatch(/^🥇 /);
  expect(await description(mira.press(first, 'Crafts'))).toContain('Nobody has finished a craft yet');
  for (const customId of [
    'leaderboardPage:1:1',
    'leaderboardPage:-1:1:xp:all',
    'leaderboardTab:board:1:gold:all',
  ])
    expect((await mira.pressRaw(first, customId).message()).content).toContain('does not work anymore');
  expect(stage.discord.refusals).toEqual([]);
});

test('what is done counts by itself within seconds, and comes out the same when it is made anew', async () => {
  const stage = await Stage.open({ environment: { GAME_SPEED: '60' } });
  const mira = stage.discord.as(stage.mira, stage.workshop);
  await stage.craft('campfire');
  await stage.until('The scores', () => stage.count("scores WHERE board = 'crafts'") === 3);
  await stage.until('All of them', () => stage.count("scores WHERE board = 'xp'") === 3);
  await stage.until('The job', () => stage.count("outbox WHERE task = 'refreshLeaderboards'") === 0);
  const kept = scores(stage);
  expect(await rebuild(stage)).toMatchObject({ code: 0 });
  expect(scores(stage)).toEqual(kept);
  const shown = await mira.command('/leaderboard', { board: 'crafts' }).message();
  expect(shown.embeds[0]?.description).toMatch(
    new RegExp(`^🥇 <@${stage.mira.id}> · 1 craft ← you\n\nStarts over <t:\\d+:R>$`),
  );
  await stage.bot.stop();
  expect(await rebuild(stage)).toMatchObject({ code: 0 });
  expect(scores(stage)).toEqual(kept);
  expect(await runCommand('world', ['rebuild', 'pyramids'], { DATA_DIR: stage.folder })).toMatchObject({
    code: 2,
    errors: expect.stringContaining('rebuild leaderboards'),
  });
});

test('who hides is not listed, is told so alone, and can come back', async () => {
  const stage = await Stage.open();
  fillServer(stage);
  await rebuild(stage);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const overview = await mira.command('/preferences').message();
  expect(overview.visibleTo).toBe(stage.mira.id);
  expect(overview.embeds[0]?.fields).toMatchObject([
    { value: 'You are listed.' },
    { value: expect.stringMatching(/^Choose what you are told, and how: <\/notify:\d+>$/) },
  ]);
  const changed = await mira.command('/preferences', { leaderboards: 'hidden' }).message();
  expect(changed.embeds[0]).toMatchObject({
    description: expect.stringMatching(/^✅ Changed/),
    fields: [{ value: expect.stringMatching(/^You are hidden/) }, {}],
  });
  const command = mira.command('/leaderboard', { period: 'all' });
  const shown = await command.message();
  expect(shown.embeds[0]?.footer?.text).toBe('23 players');
  expect(JSON.stringify(shown.embeds)).not.toContain(stage.mira.id);
  await stage.until('The word to her alone', () => command.followUps.length === 1);
  expect(command.followUps[0]).toMatchObject({
    visibleTo: stage.mira.id,
    content: expect.stringContaining('hidden from the leaderboards'),
  });
  await mira.command('/preferences', { leaderboards: 'shown' }).message();
  const again = await mira.command('/leaderboard', { period: 'all' }).message();
  expect(again.embeds[0]?.footer?.text).toBe('24 players');
  expect(stage.count("events WHERE name = 'preferenceChanged'")).toBe(2);
});
