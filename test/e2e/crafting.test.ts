import { expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';

const FAST = { environment: { GAME_SPEED: '60' } };

test('a player crafts a rare item, sees it finished, and the server hears of it', async () => {
  const stage = await Stage.open(FAST);
  await stage.chooseAnnouncements();

  const choices = await stage.discord
    .as(stage.mira, stage.workshop)
    .autocomplete('/craft', 'recipe', 'compas')
    .choices();
  expect(choices).toEqual([{ name: 'Star Compass · ready to make', value: 'star_compass' }]);

  const started = await stage.craft('star_compass');
  expect(started.embeds[0]).toMatchObject({
    title: 'You start on 🧭 Star Compass',
    description: expect.stringMatching(
      /^Ready <t:\d+:R>\nPut to work: 1 × ✨ Star Shard, 1 × 🟧 Oak Plank, 1 × ⛏️ Iron Ore\nWorth 50 XP when it is done$/,
    ),
  });

  const announcement = await stage.discord.waitForMessage(stage.news);
  expect(announcement.embeds[0]).toMatchObject({
    title: 'Rare work: Star Compass',
    description: expect.stringContaining(`<@${stage.mira.id}> has finished`),
  });

  const mira = stage.discord.as(stage.mira, stage.workshop);
  const crafting = await mira.command('/crafting').message();
  expect(crafting.embeds[0]).toMatchObject({
    description: 'Nothing is at work. Type `/craft` to start something.',
    fields: [{ name: 'Finished lately', value: expect.stringContaining('Star Compass') }],
  });
  const inventory = await mira.command('/inventory').message();
  expect(inventory.embeds[0]?.description).toContain('× 🧭 Star Compass');
  const profile = await mira.command('/profile').message();
  expect(profile.embeds[0]).toMatchObject({
    title: 'Level 1',
    description: expect.stringContaining('50 of 100 XP to the next level'),
  });
  expect(stage.query('SELECT metric, value FROM daily_counts ORDER BY metric')).toEqual([
    { metric: 'itemsCrafted', value: stage.has('star_compass') },
    { metric: 'itemsCrafted:rare', value: stage.has('star_compass') },
  ]);
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('completion offers what can be made now first, and says what is lacking', async () => {
  const stage = await Stage.open();
  await stage.craft('star_compass', 2);
  const choices = await stage.discord
    .as(stage.mira, stage.workshop)
    .autocomplete('/craft', 'recipe', '')
    .choices();
  expect(choices.map(({ name }) => name)).toEqual([
    'Oak Plank · ready to make',
    'Iron Ingot · ready to make',
    'Campfire · ready to make',
    'Iron Sword · ready to make',
    'Tool Handle · you lack 1 × 🟧 Oak Plank',
    'Iron Blade · you lack 2 × 🔩 Iron Ingot',
    'Star Compass · you lack 1 × ✨ Star Shard, 1 × 🟧 Oak Plank',
    'Moonsteel Crown · from level 5 on',
  ]);
});

test('a craft is cancelled after a confirmation that shows the refund; two clicks in the same instant refund once', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const started = await stage.craft('iron_sword');
  expect(stage.has('iron_blade')).toBe(0);

  const question = await mira.press(started, 'Cancel').message();
  expect(question.content).toContain(
    'Give up 🗡️ Iron Sword?\nYou would get back: 1 × 🔪 Iron Blade, 1 × 🥢 Tool Handle',
  );
  expect(question.visibleTo).toBe(stage.mira.id);

  const clicks = [mira.press(question, 'Give it up'), mira.press(question, 'Give it up')];
  const answers = await Promise.all(clicks.map((click) => click.message()));
  expect(answers.map(({ content }) => content).sort()).toEqual([
    expect.stringMatching(/^That craft was given up <t:\d+:R>\./),
    'You gave up 🗡️ Iron Sword.\nBack in your inventory: 1 × 🔪 Iron Blade, 1 × 🥢 Tool Handle',
  ]);

  expect(stage.count("events WHERE name = 'craftCancelled'")).toBe(1);
  expect(stage.has('iron_blade')).toBe(1);
  expect(stage.has('tool_handle')).toBe(1);
  expect(stage.discrepancies()).toEqual([]);
});

test('keeping a craft leaves it at work', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const question = await mira.press(await stage.craft('iron_sword'), 'Cancel').message();
  const kept = await mira.press(question, 'Keep going').message();
  expect(kept.content).toBe('It stays at work.');
  expect(kept.components).toEqual([]);
  expect(stage.query('SELECT state FROM crafts')).toEqual([{ state: 'active' }]);
});
