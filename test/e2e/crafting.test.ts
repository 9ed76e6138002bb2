import { expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';

const FAST = { environment: { GAME_SPEED: '60' } };

test('a player crafts a rare item, sees it finished, and the server hears of it', async () => {
  const stage = await Stage.join(FAST);
  await stage.chooseAnnouncements();

  const choices = await stage.discord
    .as(stage.mira, stage.workshop)
    .autocomplete('/craft', 'recipe', 'compas')
    .choices();
  expect(choices).toEqual([{ name: 'Star Compass · ready to make, takes 1 s', value: 'star_compass' }]);

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
  const stage = await Stage.join();
  await stage.craft('star_compass', 2);
  const choices = await stage.discord
    .as(stage.mira, stage.workshop)
    .autocomplete('/craft', 'recipe', '')
    .choices();
  expect(choices.map(({ name }) => name).slice(0, 7)).toEqual([
    'Oak Plank · ready to make, takes 5 s',
    'Iron Ingot · ready to make, takes 30 s',
    'Campfire · ready to make, takes 15 s',
    'Iron Sword · ready to make, takes 4 h',
    'Tool Handle · 20 s, you lack 1 × 🟧 Oak Plank',
    'Iron Blade · 10 min, you lack 2 × 🔩 Iron Ingot',
    'Star Compass · 1 min, you lack 1 × ✨ Star Shard, 1 × 🟧 Oak Plank',
  ]);
  const levels = choices.slice(7).map(({ name }) => Number(name.match(/· from level (\d+) on, takes/)?.[1]));
  expect(levels).toEqual(levels.toSorted((one, other) => one - other));
});

test('what is ordered while the workbench is busy waits in the queue, and gives everything back', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  await stage.craft('iron_sword');
  const queued = await stage.craft('campfire', 2);
  expect(queued.visibleTo).toBeNull();
  expect(queued.embeds[0]).toMatchObject({
    title: 'In the queue: 2 × 🔥 Campfire',
    description: expect.stringMatching(
      /^Number 1 in your queue\nIts turn should come <t:\d+:R>, and it should be ready <t:\d+:R>\.\nSet aside for it: 4 × 🪵 Oak Log, 6 × 🪨 Stone\nWorth 20 XP when it is done$/,
    ),
  });
  await stage.craft('oak_plank');

  const workbench = await mira.command('/crafting').message();
  expect(workbench.visibleTo).toBe(stage.mira.id);
  expect(workbench.embeds[0]).toMatchObject({
    title: 'Your workbench',
    description: expect.stringMatching(
      /^\*\*1\.\*\* 🗡️ Iron Sword: ready <t:\d+:R>\n\n\*\*Waiting for their turn\*\*\n\*\*2\.\*\* 2 × 🔥 Campfire: should start <t:\d+:R>\n\*\*3\.\*\* 2 × 🟧 Oak Plank: should start <t:\d+:R>$/,
    ),
    footer: { text: expect.stringMatching(/^0 of \d+ slots? free · \d+ of \d+ places in the queue free$/) },
  });

  const question = await mira.press(workbench, 'Cancel 2: 2 × Campfire').message();
  expect(question.content).toBe(
    'Give up 2 × 🔥 Campfire?\nYou would get back: 4 × 🪵 Oak Log, 6 × 🪨 Stone\nIt hasn’t been started yet, so everything comes back.',
  );
  const kept = await mira.press(question, 'Keep going').message();
  expect(kept.content).toBe('It keeps its place in the queue.');
  const asked = await mira.press(queued, 'Cancel').message();
  await mira.press(asked, 'Give it up').message();
  expect([stage.has('oak_log'), stage.has('stone')]).toEqual([19, 15]);

  // The next one starts when the one at work is given up.
  const sword = await mira.press(workbench, 'Cancel 1: Iron Sword').message();
  await mira.press(sword, 'Give it up').message();
  expect(stage.query("SELECT recipe_id FROM crafts WHERE state = 'active'")).toEqual([
    { recipe_id: 'oak_plank' },
  ]);
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('whoever lacks materials is shown the way, and takes its steps by buttons, each once', async () => {
  const stage = await Stage.join(FAST);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const plan = await stage.craft('iron_sword', 2);
  expect(plan.visibleTo).toBe(stage.mira.id);
  expect(plan.embeds[0]).toMatchObject({
    title: 'Not quite yet: 2 × 🗡️ Iron Sword',
    description: [
      'You lack 1 × 🔪 Iron Blade, 1 × 🥢 Tool Handle.',
      '',
      '**The way there**',
      '✅ 2 × 🔩 Iron Ingot',
      '⏳ 🔪 Iron Blade',
      '✅ 🥢 Tool Handle',
      '⏳ 2 × 🗡️ Iron Sword',
    ].join('\n'),
  });

  const presses = [1, 2, 3].map(() => mira.press(plan, 'Make 2 × Iron Ingot'));
  const answers = await Promise.all(presses.map((press) => press.message()));
  expect(answers.map(({ visibleTo }) => visibleTo)).toEqual([1, 2, 3].map(() => stage.mira.id));
  expect(answers.map(({ content, embeds }) => content || embeds[0]?.title).sort()).toEqual([
    'That is done already; once is enough.',
    'That is done already; once is enough.',
    'You start on 2 × 🔩 Iron Ingot',
  ]);
  expect(stage.count('crafts')).toBe(1);
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const step = JSON.stringify(plan.components).match(/makeStep:[^"]+/g)?.[1] ?? '';
  const notHis = await tobin.pressRaw(plan, step).message();
  expect(notHis.content).toContain('put to somebody else');

  const found = await stage.craft('campfire', 25, stage.tobin);
  expect(found.embeds[0]?.description).toMatch(
    /^You lack 30 × 🪵 Oak Log, 60 × 🪨 Stone\.\n\n\*\*Still to be found\*\*\n• 30 × 🪵 Oak Log: 🌲 Whispering Woods.*\n• 60 × 🪨 Stone: 🌲 Whispering Woods.*$/,
  );
  expect(found.components).toEqual([]);
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('a finished craft is told where it was ordered, and made again by its owner, once', async () => {
  const stage = await Stage.join(FAST);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  await stage.craft('campfire', 2);
  const told = await stage.discord.waitForMessage(stage.workshop, ({ embeds }) =>
    embeds.some(({ description }) => /your craft is ready: \d+ × 🔥 Campfire/.test(description ?? '')),
  );
  expect(told.embeds[0]?.description).toMatch(
    new RegExp(`^<@${stage.mira.id}>, your craft is ready: \\d × 🔥 Campfire\\n(✨ .*\\n)?\\+20 XP$`),
  );
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const his = await tobin.press(told, 'Make again: Campfire').message();
  expect(his.content).toBe('That is somebody else’s craft. Yours are in `/crafting`.');

  const presses = Array.from({ length: 20 }, () => mira.press(told, 'Make again: Campfire'));
  const answers = await Promise.all(presses.map((press) => press.message()));
  const titles = answers.flatMap(({ embeds }) => embeds.map(({ title }) => title));
  expect(titles).toEqual(['You start on 2 × 🔥 Campfire']);
  const refused = answers.filter(({ embeds }) => embeds.length === 0);
  expect(refused).toHaveLength(19);
  for (const { content, visibleTo } of refused) {
    expect(content).toMatch(
      /^You (are making|made) that again already: Campfire\. It (is|was) ready <t:\d+:R>;/,
    );
    expect(visibleTo).toBe(stage.mira.id);
  }
  expect(stage.count('crafts')).toBe(2);
  expect(stage.has('oak_log')).toBe(12);
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('a craft is cancelled after a confirmation that shows the refund; two clicks in the same instant refund once', async () => {
  const stage = await Stage.join();
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
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const question = await mira.press(await stage.craft('iron_sword'), 'Cancel').message();
  const kept = await mira.press(question, 'Keep going').message();
  expect(kept.content).toBe('It stays at work.');
  expect(kept.components).toEqual([]);
  expect(stage.query('SELECT state FROM crafts')).toEqual([{ state: 'active' }]);
});
