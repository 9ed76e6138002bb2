import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InteractionHandle } from '../../playground/discord/people/handle.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { createEventBus } from '../../src/events/bus.ts';
import { itemCrafted } from '../../src/events/itemCrafted.ts';
import { loadCatalog } from '../../src/game/content/load.ts';
import { measureId } from '../../src/game/measures/measure.ts';
import { World } from '../../src/world/world.ts';
import { Stage } from '../support/stage.ts';

const ACHIEVEMENTS = [...loadCatalog(join(PROJECT_ROOT, 'data/content')).achievements.values()];

const ITEMS_CRAFTED = measureId({ event: 'itemCrafted', sum: 'quantity' });

/** Those for crafting things, whatever they are. */
const CRAFTING = ACHIEVEMENTS.filter(({ counts }) => measureId(counts) === ITEMS_CRAFTED);

async function embed(handle: InteractionHandle) {
  return (await handle.message()).embeds[0];
}

/** Many crafts of the past, which nobody has counted: there was no bot then that could. */
function craftInThePast(stage: Stage, quantity: number): void {
  const clock = { now: () => Date.now(), toMachineTime: (time: number) => time };
  const file = join(stage.folder, 'world.sqlite');
  const world = new World({ file, clock, dispatcher: createEventBus(), lock: false });
  const data = {
    craftId: 'long ago',
    recipeId: 'campfire',
    itemId: 'campfire',
    rarity: 'common',
    crafted: quantity,
    masterworks: 0,
    quantity,
    xp: 0,
    channelId: stage.workshop.id,
  } as const;
  world.transact({ cause: 'test' }, (tx) => {
    tx.publish(itemCrafted, { guildId: stage.guild.id, userId: stage.mira.id, data });
    // Whoever counted until now has forgotten all of it, as a bot before there were achievements.
    for (const table of ['projections', 'measure_counts']) tx.db.run(`DELETE FROM ${table}`);
  });
  world.close();
}

test('an achievement is told where the player plays, once, and is in the list', async () => {
  const first = CRAFTING.find(({ goal }) => goal === 1);
  if (!first) throw new Error('No achievement is for the first craft any more: this test needs another one.');
  const stage = await Stage.open({ environment: { GAME_SPEED: '60' } });
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const before = await mira.command('/achievements').message();
  expect(before.visibleTo).toBe(stage.mira.id);
  expect(before.embeds[0]?.description).toMatch(
    new RegExp(`^You have earned 0 of ${ACHIEVEMENTS.length}\\.\n\n.+\n.+\n▱+ 0 of `),
  );

  await stage.craft('campfire');
  const card = await stage.discord.waitForMessage(stage.workshop, (message) =>
    message.embeds.some(({ description }) => description?.includes('you have earned an achievement')),
  );
  expect(JSON.stringify(card.embeds)).toContain(`${first.emoji} **`);
  expect(card.pinged).toEqual({ userIds: [], roleIds: [], everyone: false });

  const earned = await embed(mira.command('/achievements', { show: 'earned' }));
  expect(earned?.description).toContain(`${first.emoji} **`);
  expect(earned?.description).toMatch(/✅ Earned <t:\d+:R>/);
  const theirs = await embed(tobin.command('/achievements', { user: stage.mira, show: 'earned' }));
  expect(theirs?.description).toContain(`<@${stage.mira.id}> has earned`);
  expect((await embed(tobin.command('/achievements', { show: 'earned' })))?.description).toContain(
    'Nothing earned yet',
  );
  const open = await embed(mira.command('/achievements', { show: 'open' }));
  expect(open?.description).not.toContain('✅');
  expect(stage.discord.refusals).toEqual([]);
});

test('the list has pages that work after a restart, for whoever asked for it', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const list = await mira.command('/achievements').message();
  const firstPage = list.embeds[0]?.description;
  await stage.bot.stop();
  await stage.startBot();
  const second = await embed(mira.press(list, 'Next ▶'));
  expect(second?.description).not.toBe(firstPage);
  expect((await embed(mira.press(list, '◀ Back')))?.description).toBe(firstPage);
  for (const customId of ['achievementsPage:0', `achievementsPage:0:${stage.mira.id}:everybody:all`])
    expect((await mira.pressRaw(list, customId).message()).content).toContain('does not work anymore');
  const stranger = await mira
    .pressRaw(list, `achievementsPage:0:${stage.tobin.id}:${stage.tobin.id}:all`)
    .message();
  expect(stranger.content).toContain('Somebody else is reading these');
});

test('what happened before anybody counted it is counted at the next start, and told to nobody', async () => {
  const goal = CRAFTING[1]?.goal ?? 1;
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  await mira.command('/achievements').message();
  await stage.bot.stop();
  craftInThePast(stage, goal);
  await stage.startBot();
  await stage.until('The replay', () => stage.count("outbox WHERE task = 'replayEvents'") === 0);
  const expected = CRAFTING.filter((each) => each.goal <= goal).length;
  expect(stage.count('unlocked_achievements')).toBeGreaterThanOrEqual(expected);
  expect(stage.count("events WHERE name = 'achievementUnlocked'")).toBe(stage.count('unlocked_achievements'));
  expect(stage.count('announcements')).toBe(0);
  const earned = await embed(mira.command('/achievements', { show: 'earned' }));
  expect(earned?.description).toContain(`${CRAFTING[0]?.emoji} **`);

  const unlocked = stage.count('unlocked_achievements');
  await stage.bot.stop();
  await stage.startBot();
  expect(stage.count("outbox WHERE task = 'replayEvents'")).toBe(0);
  expect(stage.count("events WHERE name = 'achievementUnlocked'")).toBe(unlocked);
});

test('a profile tells what somebody is up to and has done', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  expect((await embed(mira.command('/profile')))?.description).toContain('You have not played here yet');
  await stage.craft('campfire', 2);
  const own = await mira.command('/profile').message();
  expect(own.visibleTo).toBeNull();
  expect(own.embeds[0]).toMatchObject({
    author: { name: 'Mira' },
    title: 'Level 1',
    description: '▱▱▱▱▱▱▱▱▱▱▱▱\n0 of 100 XP to the next level · 0 in all',
    fields: [
      {
        name: 'At work',
        value: expect.stringMatching(/^🔨 1 of \d+ slots? busy\n2 × 🔥 Campfire, ready <t:\d+:R>\n🏠/),
      },
      {
        name: 'So far',
        value: expect.stringMatching(/^🛠️ No crafts finished yet\n🧺 Nothing gathered yet\n📅 .+<t:\d+:D>$/),
      },
      { name: 'Achievements', value: `0 of ${ACHIEVEMENTS.length} earned` },
    ],
  });
  expect((await embed(tobin.command('/profile', { user: stage.mira })))?.author?.name).toBe('Mira');
  expect((await embed(mira.command('/profile', { user: stage.tobin })))?.description).toBe(
    `<@${stage.tobin.id}> has not played here yet.`,
  );
  expect(stage.discord.refusals).toEqual([]);
});
