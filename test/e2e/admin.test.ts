import { describe, expect, test } from 'vitest';
import type { MessageRecord } from '../../playground/discord/index.ts';
import { Stage } from '../support/stage.ts';
import { only } from '../support/world.ts';

const WHEN = /<t:\d+(:\w)?>/g;

/** What an answer says, with the times left out. */
const said = ({ content, embeds }: MessageRecord) =>
  [content, ...embeds.map(({ description = '' }) => description)]
    .join('\n')
    .trim()
    .replaceAll(WHEN, '<when>');

const labelsOn = (message: MessageRecord) =>
  message.components.flatMap((row) =>
    ((row as { components?: { label?: string }[] }).components ?? []).map(({ label }) => label),
  );

/** What was told in a channel, line by line, the oldest first: what happens at once is put together. */
const toldIn = (stage: Stage, channel: { readonly id: string }) =>
  stage.discord
    .messages(channel)
    .filter(({ visibleTo }) => visibleTo === null)
    .flatMap((message) => said(message).split('\n'));

describe('what an admin gives', () => {
  test('is told to the player and in the log channel, and is undone once, also after a restart', async () => {
    const stage = await Stage.open();
    const odette = stage.discord.as(stage.odette, stage.workshop);
    const tobin = stage.discord.as(stage.tobin, stage.workshop);
    const [admin, player] = [`<@${stage.odette.id}>`, `<@${stage.tobin.id}>`];
    await tobin.command('/inventory').message();
    await tobin.command('/daily').message();
    await odette.command('/config log', { channel: stage.news }).message();
    const before = stage.has('iron_sword', stage.tobin);

    const reason = '@everyone *lost* it [here](https://x.y)';
    const plain = '@\u200Beveryone \\*lost\\* it \\[here\\](https\\://x.y)';
    const grant = { user: stage.tobin, what: 'iron_sword', amount: 3, reason };
    const granted = await odette.command('/admin grant', grant).message();
    expect(granted).toMatchObject({
      visibleTo: stage.odette.id,
      content: `✅ ${player} has got 3 × 🗡️ Iron Sword: ${before} before, ${before + 3} now.`,
    });
    const sentence = `${admin} gave ${player} 3 × 🗡️ Iron Sword (${before} → ${before + 3}): “${plain}”`;
    await stage.until('The log channel being told', () => toldIn(stage, stage.news).includes(sentence));
    const direct = stage.discord.directChannel(stage.tobin);
    const gift = `${admin}, who runs this server, has given ${player} 3 × 🗡️ Iron Sword.`;
    await stage.until('The player being told', () => toldIn(stage, direct).includes(gift));
    expect(toldIn(stage, direct)).toContain(`The reason given: “${plain}”`);

    const question = await odette.press(granted, 'Undo').message();
    expect(said(question)).toBe(`Undo this?\n> ${sentence}`);
    await stage.bot.stop();
    await stage.startBot();
    const presses = Array.from({ length: 20 }, () => odette.press(question, 'Undo it'));
    const answers = (await Promise.all(presses.map((press) => press.message()))).map(said);
    expect(answers.filter((text) => text === `↩️ Undone:\n> ${sentence}`)).toHaveLength(1);
    expect(answers.filter((text) => text === 'That is done already; once is enough.')).toHaveLength(19);
    expect(stage.has('iron_sword', stage.tobin)).toBe(before);
    const undone = `${admin} undid what was given to ${player}: 3 × 🗡️ Iron Sword gone again (${before + 3} → ${before}). It was for “${plain}”.`;
    await stage.until('The log channel being told', () => toldIn(stage, stage.news).includes(undone));

    const log = await odette.command('/admin log', { user: stage.tobin }).message();
    expect(said(log).split('\n')).toEqual([
      `-# Only what concerns ${player}`,
      `<when> · ${undone}`,
      `<when> · ↩️ Undone by ${admin} <when>: ${sentence}`,
    ]);
    for (const message of [...stage.discord.messages(stage.news), ...stage.discord.messages(direct)])
      expect(message.pinged).toEqual({ userIds: [], roleIds: [], everyone: false });
    expect(stage.discord.refusals).toEqual([]);
    expect(stage.discrepancies()).toEqual([]);
  });

  test('and much of it at once is told in the log channel in few messages', async () => {
    const stage = await Stage.open();
    const odette = stage.discord.as(stage.odette, stage.workshop);
    await odette.command('/config log', { channel: stage.news }).message();
    const grant = { user: stage.mira, what: 'oak_log', amount: 1, reason: 'a tree for each' };
    const answers = Array.from({ length: 15 }, () => odette.command('/admin grant', grant).message());
    await Promise.all(answers);
    const grants = () => toldIn(stage, stage.news).filter((line) => line.includes('1 × 🪵 Oak Log'));
    await stage.until('All of it being told', () => grants().length === 15);
    expect(stage.discord.messages(stage.news).length).toBeLessThan(5);
  });
});

describe('what an admin types', () => {
  test('is completed: what there is, what somebody has, what can be undone; for nobody else', async () => {
    const stage = await Stage.open();
    const odette = stage.discord.as(stage.odette, stage.workshop);
    await stage.discord.as(stage.mira, stage.workshop).command('/daily').message();
    await odette
      .command('/admin grant', { user: stage.mira, what: 'XP', amount: 40, reason: 'a lesson' })
      .message();
    const offered = (path: string, option: string, typed: string) =>
      odette.autocomplete(path, option, typed, { user: stage.mira }).choices();
    expect((await offered('/admin grant', 'what', ''))[0]).toEqual({ name: 'XP', value: 'xp' });
    expect((await offered('/admin grant', 'what', 'iron sw'))[0]?.value).toBe('iron_sword');
    const xp =
      stage.query<{ xp: number }>("SELECT quantity AS xp FROM balances WHERE asset = 'xp'")[0]?.xp ?? 0;
    expect(await offered('/admin take', 'what', 'xp')).toEqual([{ name: `XP · now ${xp}`, value: 'xp' }]);
    await odette
      .command('/admin take', { user: stage.mira, what: 'xp', amount: xp, reason: 'a test' })
      .message();
    expect(await offered('/admin take', 'what', 'xp')).toEqual([]);
    expect(await offered('/admin explain', 'item', 'xp')).toEqual([{ name: 'XP · now 0', value: 'xp' }]);
    const undoable = await odette.autocomplete('/admin undo', 'action', '').choices();
    expect(undoable.map(({ name }) => name.replace(/^\d+ s ago/, 'just now'))).toEqual([
      `just now · Took ${xp} XP from Mira: a test`,
      'just now · Gave Mira 40 XP: a lesson',
    ]);
    const question = await odette.command('/admin undo', { action: undoable[1]?.value ?? '' }).message();
    expect(said(question)).toContain('That cannot be undone anymore');

    const member = stage.discord.as(stage.tobin, stage.workshop);
    const pry = member.autocomplete('/admin undo', 'action', '', {}, { evenIfHidden: true });
    expect(await pry.choices()).toEqual([]);
    expect(stage.bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('where is my sword', () => {
  test('an admin sees where everything came from and went, and turns the pages', async () => {
    const stage = await Stage.open({ environment: { GAME_SPEED: '100000' } });
    const odette = stage.discord.as(stage.odette, stage.workshop);
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const nothing = await odette.command('/admin explain', { user: stage.tobin }).message();
    expect(said(nothing)).toBe(
      `<@${stage.tobin.id}> has never had anything in this server, so there is nothing to explain.`,
    );
    await mira.command('/craft', { recipe: 'iron_sword' }).message();
    await stage.until('The sword', () => stage.has('iron_sword') >= 1);
    const made = stage.has('iron_sword');
    const gift = await mira.command('/give', { user: stage.tobin, item: 'iron_sword' }).message();
    await mira.press(gift, 'Give').message();
    if (made === 2) {
      const second = await mira.command('/give', { user: stage.tobin, item: 'iron_sword' }).message();
      await mira.press(second, 'Give').message();
    }
    const salvage = await stage.discord
      .as(stage.tobin, stage.workshop)
      .command('/salvage', { item: 'iron_sword' })
      .message();
    await stage.discord.as(stage.tobin, stage.workshop).press(salvage, 'Take apart').message();

    const all = await odette.command('/admin explain', { user: stage.mira }).message();
    expect(said(all)).toContain(`\n🗡️ Iron Sword: ${made} in, ${made} out, **0 now**\n`);
    const story = await odette.press(all, 'Iron Sword').message();
    const told = said(story)
      .split('\n')
      .filter((line) => !line.startsWith('-#'));
    expect(told[0]).toBe(`<@${stage.mira.id}> · 🗡️ Iron Sword: ${made} in, ${made} out, **0 now**`);
    expect(told[2]).toBe(`**−1** given to <@${stage.tobin.id}> → 0`);
    expect(told.at(-1)).toBe(`**+${made}** made by crafting 1 × Iron Sword → ${made}`);
    const theirs = await odette
      .command('/admin explain', { user: stage.tobin, item: 'Iron Sword' })
      .message();
    const fate = said(theirs)
      .split('\n')
      .filter((line) => !line.startsWith('-#'));
    expect(fate.slice(2, 3)).toEqual([`**−1** taken apart → ${made - 1}`]);
    expect(fate.at(-1)).toBe(`**+1** given by <@${stage.mira.id}> → 1`);
    expect(labelsOn(theirs)).toEqual(['Everything']);

    // Nobody else turns these pages, not even another admin.
    const smith = stage.discord.addRole(stage.guild, { name: 'Smith', permissions: ['ManageGuild'] });
    stage.discord.setMemberRoles(stage.guild, stage.tobin, [smith]);
    const pressed = stage.discord.as(stage.tobin, stage.workshop);
    const id = `explainPage:0:${stage.odette.id}:${stage.mira.id}:`;
    const refused = await pressed.pressRaw(story, id).message();
    expect(said(refused)).toBe(
      'Somebody else is reading these. Type the command yourself to turn the pages of your own.',
    );
    const back = await odette.press(story, 'Everything').message();
    expect(said(back)).toContain('Iron Sword: ');
    expect(only([...new Set([all, story, back].map(({ visibleTo }) => visibleTo))])).toBe(stage.odette.id);
    expect(stage.discord.refusals).toEqual([]);
  });
});
