import { expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';
import { refusal } from '../support/unchanged.ts';
import { only } from '../support/world.ts';

/** Slow enough that nothing ends by itself while a test lasts. */
const SLOWLY = { environment: { GAME_SPEED: '0.01' } };

test('a gift is handed over after a question, also after a restart, once, and told to all without a ping', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const question = await mira.command('/give', { user: stage.tobin, item: 'oak_log', quantity: 3 }).message();
  expect(question.visibleTo).toBe(stage.mira.id);
  expect(question.content).toBe(`Give <@${stage.tobin.id}> 3 × 🪵 Oak Log? You cannot take it back.`);
  expect(stage.has('oak_log')).toBe(20);

  await stage.bot.stop();
  await stage.startBot();
  const presses = Array.from({ length: 20 }, () => mira.press(question, 'Give'));
  const answers = await Promise.all(presses.map((press) => press.message()));
  expect(answers.filter(({ content }) => content === 'That is done already; once is enough.')).toHaveLength(
    19,
  );
  expect(answers.filter(({ content }) => content === 'Given.')).toHaveLength(1);
  const gifts = () =>
    stage.discord
      .messages(stage.workshop)
      .flatMap((message) =>
        message.embeds
          .filter(({ description }) => description?.startsWith('🎁'))
          .map((embed) => ({ message, embed })),
      );
  await stage.until('The gift being told', () => gifts().length > 0);
  const { message, embed } = only(gifts());
  expect(embed.description).toBe(`🎁 <@${stage.mira.id}> gives <@${stage.tobin.id}> 3 × 🪵 Oak Log.`);
  expect(message.pinged).toEqual({ userIds: [], roleIds: [], everyone: false });
  expect([stage.has('oak_log'), stage.has('oak_log', stage.tobin)]).toEqual([17, 23]);
  expect(stage.count("events WHERE name = 'itemGiven'")).toBe(1);
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('what Discord delivers twice is asked once and given once', async () => {
  const stage = await Stage.join(SLOWLY);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const gift = { user: stage.tobin, item: 'oak_log', quantity: 2 };
  const question = await mira.command('/give', gift, { delivery: 'twice' }).message();
  await mira.press(question, 'Give', { delivery: 'twice' }).message();
  await mira.command('/inventory').message();
  expect(stage.count('proposals')).toBe(1);
  expect([stage.has('oak_log'), stage.has('oak_log', stage.tobin)]).toEqual([18, 22]);
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('what cannot be given is said, and changes nothing', async () => {
  const stage = await Stage.join(SLOWLY);
  const stranger = stage.discord.addUser({ name: 'Stranger' });
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const give = (user: { readonly id: string }, item = 'oak_log', quantity = 1) =>
    mira.command('/give', { user, item, quantity }, { evenIfInvalid: true });

  expect(await refusal(stage, () => give(stage.mira))).toBe(
    'That is yours already. Choose somebody else to give it to.',
  );
  expect(await refusal(stage, () => give(stage.discord.bot))).toContain('is a bot');
  expect(await refusal(stage, () => give(stranger))).toBe(
    `<@${stranger.id}> is not a member of this server. You can only give to somebody who is here.`,
  );
  expect(await refusal(stage, () => give(stage.tobin, 'anvil'))).toContain(
    'There is no item called “anvil”.',
  );
  expect(await refusal(stage, () => give(stage.tobin, 'oak_log', 21))).toBe(
    'You have 20 × 🪵 Oak Log: choose 1 to 20.',
  );
  expect(await refusal(stage, () => give(stage.tobin, 'oak_log', 0))).toContain('choose 1 to 20');
  expect(await refusal(stage, () => give(stage.tobin, 'iron_sword'))).toContain('You have no 🗡️ Iron Sword.');

  const all = await give(stage.tobin, 'iron_blade').message();
  const id = stage.query<{ id: string }>('SELECT id FROM proposals')[0]?.id;
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const shown = await tobin.command('/daily').message();
  for (const handler of ['confirmGift', 'declineGift']) {
    expect(await refusal(stage, () => tobin.pressRaw(shown, `${handler}:${id}`))).toContain('somebody else');
    expect(await refusal(stage, () => tobin.pressRaw(shown, handler))).toContain('does not work anymore');
  }
  // Gone by the time of the answer: the blade went into a sword.
  await stage.craft('iron_sword');
  expect(await refusal(stage, () => mira.press(all, 'Give'))).toContain('You have no 🔪 Iron Blade.');
  expect((await mira.press(all, 'Keep it').message()).content).toBe('You keep it.');
  expect(await refusal(stage, () => mira.pressRaw(all, `confirmGift:${id}`))).toContain('You said no');

  const choices = await mira.autocomplete('/give', 'item', 'oak', { user: stage.tobin }).choices();
  expect(choices.map(({ name }) => name).slice(0, 2)).toEqual([
    'Oak Log · you have 20',
    'Oak Plank · you have 2',
  ]);
  expect(stage.discord.refusals).toEqual([]);
});
