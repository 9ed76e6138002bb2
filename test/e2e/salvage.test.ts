import { expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';
import { refusal } from '../support/unchanged.ts';

/** Slow enough that nothing ends by itself while a test lasts. */
const SLOWLY = { environment: { GAME_SPEED: '0.01' } };

test('something is taken apart after a question, also after a restart, and once', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const question = await mira.command('/salvage', { item: 'oak_plank', quantity: 2 }).message();
  expect(question.visibleTo).toBe(stage.mira.id);
  expect(question.content).toMatch(
    /^Take apart 2 × 🟧 Oak Plank\?\nYou would get back about 0 to 1 × 🪵 Oak Log\.\n/,
  );
  expect(stage.has('oak_plank')).toBe(2);
  expect(await refusal(stage, () => mira.pressRaw(question, 'confirmSalvage:made-up'))).toContain('too old');

  await stage.bot.stop();
  await stage.startBot();
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const shown = await tobin.command('/daily').message();
  const id = stage.query<{ id: string }>('SELECT id FROM proposals')[0]?.id;
  for (const handler of ['confirmSalvage', 'declineSalvage']) {
    expect(await refusal(stage, () => tobin.pressRaw(shown, `${handler}:${id}`))).toBe(
      'That question was put to somebody else; only they can answer it.',
    );
  }
  const presses = Array.from({ length: 20 }, () => mira.press(question, 'Take apart'));
  const answers = await Promise.all(presses.map((press) => press.message()));
  const refused = answers.filter(({ content }) => content === 'That is done already; once is enough.');
  expect(refused).toHaveLength(19);
  expect(answers.find((answer) => !refused.includes(answer))).toMatchObject({
    id: question.id,
    content: expect.stringMatching(
      /^You took apart 2 × 🟧 Oak Plank\.\n(Back in your inventory: 1 × 🪵 Oak Log|Nothing usable was left of it\.)/,
    ),
    components: [],
  });
  expect(stage.has('oak_plank')).toBe(0);
  const [salvaged] = stage.query<{ data: string }>("SELECT data FROM events WHERE name = 'itemSalvaged'");
  const { returned } = JSON.parse(salvaged?.data ?? '{}') as { returned: { quantity: number }[] };
  expect(stage.has('oak_log')).toBe(20 + (returned[0]?.quantity ?? 0));
  expect(stage.count("events WHERE name = 'itemSalvaged'")).toBe(1);
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('what Discord delivers twice is asked once and done once', async () => {
  const stage = await Stage.join(SLOWLY);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const question = await mira.command('/salvage', { item: 'oak_plank' }, { delivery: 'twice' }).message();
  await mira.press(question, 'Take apart', { delivery: 'twice' }).message();
  await mira.command('/inventory').message();
  expect(stage.count('proposals')).toBe(1);
  expect(stage.has('oak_plank')).toBe(1);
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('what is kept after all stays, and what cannot be taken apart is said', async () => {
  const stage = await Stage.join(SLOWLY);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const salvage = (item: string, quantity = 1) =>
    mira.command('/salvage', { item, quantity }, { evenIfInvalid: true });
  const question = await salvage('iron_blade').message();
  expect((await mira.press(question, 'Keep it').message()).content).toBe('It stays as it is.');
  const id = stage.query<{ id: string }>('SELECT id FROM proposals')[0]?.id;
  expect(await refusal(stage, () => mira.pressRaw(question, `confirmSalvage:${id}`))).toContain(
    'You said no to that already.',
  );
  expect(await refusal(stage, () => salvage('anvil'))).toContain('There is no item called “anvil”.');
  expect(await refusal(stage, () => salvage('oak_log'))).toBe(
    '🪵 Oak Log cannot be taken apart: nobody made it in the first place.',
  );
  expect(await refusal(stage, () => salvage('oak_plank', 3))).toBe(
    'You have 2 × 🟧 Oak Plank: choose 1 to 2.',
  );
  expect(await refusal(stage, () => salvage('oak_plank', -1))).toBe(
    'You have 2 × 🟧 Oak Plank: choose 1 to 2.',
  );
  expect(await refusal(stage, () => salvage('iron_blade', 2))).toBe('You have only one 🔪 Iron Blade.');
  expect(await refusal(stage, () => salvage('iron_sword'))).toContain('You have no 🗡️ Iron Sword.');

  // Fewer by the time of the answer: the planks went to work.
  const planks = await salvage('oak_plank', 2).message();
  await stage.craft('star_compass');
  expect(await refusal(stage, () => mira.press(planks, 'Take apart'))).toBe(
    'You have only one 🟧 Oak Plank.',
  );

  const choices = await mira.autocomplete('/salvage', 'item', '').choices();
  expect(choices.map(({ name }) => name)).toEqual([
    'Iron Blade · you have 1',
    'Oak Plank · you have 1',
    'Tool Handle · you have 1',
  ]);
  expect(stage.discord.refusals).toEqual([]);
});
