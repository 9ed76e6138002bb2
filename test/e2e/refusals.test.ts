import { describe, expect, onTestFinished, test } from 'vitest';
import { Stage } from '../support/stage.ts';
import { refusal } from '../support/unchanged.ts';

/** Slow enough that nothing ends by itself while a test lasts. */
const SLOWLY = { environment: { GAME_SPEED: '0.01' } };

describe('what a player may get wrong', () => {
  test('is answered in words, only to them, and changes nothing', async () => {
    const stage = await Stage.join(SLOWLY);
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const tobin = stage.discord.as(stage.tobin, stage.workshop);
    const craft = (recipe: string, quantity = 1) => mira.command('/craft', { recipe, quantity });
    const started = await stage.craft('iron_sword');
    const question = await mira.press(started, 'Cancel').message();

    expect(await refusal(stage, () => craft('philosophers_stone'))).toBe(
      'There is no recipe called “philosophers\\_stone”. Pick one from the list that opens while you type.',
    );
    expect(await refusal(stage, () => craft('moonsteel_crown'))).toContain(
      'You need level 5 for Moonsteel Crown; you are level 1',
    );
    expect(
      await refusal(stage, () =>
        mira.command('/craft', { recipe: 'campfire', quantity: 99 }, { evenIfInvalid: true }),
      ),
    ).toBe('You can order 1 to 25 at once.');
    expect(
      await refusal(stage, () =>
        mira.command('/craft', { recipe: 'campfire', quantity: -1 }, { evenIfInvalid: true }),
      ),
    ).toBe('You can order 1 to 25 at once.');

    // Somebody else's button, a button made up by hand, one with facts that are not ids, one of no handler.
    expect(await refusal(stage, () => tobin.press(started, 'Cancel'))).toContain('somebody else’s craft');
    const confirm = String(
      question.components[0] && JSON.stringify(question.components).match(/confirmCancelCraft:[^"]+/)?.[0],
    );
    expect(await refusal(stage, () => tobin.pressRaw(started, confirm))).toContain('somebody else’s craft');
    expect(await refusal(stage, () => mira.pressRaw(started, 'cancelCraft:made-up'))).toContain(
      'not known here',
    );
    const [{ id: craftId }] = stage.query<{ id: string }>('SELECT id FROM crafts') as [{ id: string }];
    for (const customId of ['repeatCraft:made-up', `repeatCraft:${craftId}`]) {
      expect(await refusal(stage, () => mira.pressRaw(started, customId))).toContain('not known here');
    }
    expect(await refusal(stage, () => mira.pressRaw(started, 'makeStep:made-up'))).toContain('too old');
    for (const customId of [
      'cancelCraft',
      'cancelCraft:a:b',
      'confirmCancelCraft:x:-5',
      'confirmCancelCraft:x:1e999',
      'confirmCancelCraft:x:NaN',
      'keepCraft',
      'keepCraft:one:more',
      'repeatCraft',
      'repeatCraft:one:more',
      'makeStep',
      'makeStep:one:more',
      'unknownComponent',
      'doSomethingElse:1',
      ':',
      '__proto__',
    ]) {
      expect(await refusal(stage, () => mira.pressRaw(started, customId))).toBe(
        'That does not work anymore. Type the command again to get a fresh one.',
      );
    }

    // A button that has expired: the craft is over.
    await mira.press(question, 'Give it up').message();
    const over = mira.press(started, 'Cancel');
    expect((await over.followUpCount(1))[0]?.content).toMatch(/^That craft was given up <t:\d+:R>/);
    expect(over.followUps[0]?.visibleTo).toBe(stage.mira.id);
    // It will never do anything again, so it goes.
    expect(over.original).toMatchObject({ id: started.id, components: [] });
    expect(await refusal(stage, () => mira.pressRaw(started, confirm))).toMatch(
      /^That craft was given up <t:\d+:R>/,
    );
    expect(stage.discord.refusals).toEqual([]);
    expect(stage.discrepancies()).toEqual([]);
  });

  test('what the queue has no room for is refused with the time when there is room again', async () => {
    const stage = await Stage.join(SLOWLY);
    for (let order = 0; order < 5; order++) await stage.craft('campfire');
    const mira = stage.discord.as(stage.mira, stage.workshop);
    expect(await refusal(stage, () => mira.command('/craft', { recipe: 'oak_plank' }))).toMatch(
      /^Your queue is full: 4 crafts can wait for their turn\. There is room again <t:\d+:R>\.$/,
    );
  });

  test('a craft that another server started cannot be reached from here', async () => {
    const stage = await Stage.join(SLOWLY);
    const elsewhere = stage.discord.addGuild({ name: 'Elsewhere', owner: stage.mira });
    const place = stage.discord.addChannel(elsewhere, { name: 'workshop' });
    await stage.craft('iron_sword');
    const craftId = stage.query<{ id: string }>('SELECT id FROM crafts')[0]?.id;
    const there = stage.discord.as(stage.mira, place);
    const other = await there.command('/craft', { recipe: 'campfire' }).message();
    expect(await refusal(stage, () => there.pressRaw(other, `confirmCancelCraft:${craftId}:0`))).toContain(
      'not known here',
    );
  });
});

describe('what only admins may do', () => {
  test('is refused to others, even where Discord would let them', async () => {
    const stage = await Stage.join(SLOWLY);
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const set = () => mira.command('/config announcements', { channel: stage.news }, { evenIfHidden: true });
    expect(await refusal(stage, set)).toBe(
      'Only members with the Manage Server permission or the server’s manager role can use this.',
    );
  });

  test('a channel where the bot may not write is refused with what is missing', async () => {
    const stage = await Stage.join(SLOWLY);
    stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['SendMessages', 'EmbedLinks'] });
    const odette = stage.discord.as(stage.odette, stage.workshop);
    expect(await refusal(stage, () => odette.command('/config announcements', { channel: stage.news }))).toBe(
      `I cannot announce in <#${stage.news.id}> yet: I lack the permissions **Send Messages**, **Embed Links** there. ` +
        'Grant them in the channel’s settings under Permissions, then try again.',
    );
  });

  test('announcements can be seen and turned off again', async () => {
    const stage = await Stage.join(SLOWLY);
    await stage.chooseAnnouncements();
    const odette = stage.discord.as(stage.odette, stage.workshop);
    const shown = await odette.command('/config announcements').message();
    expect(shown.content).toContain(`**Announcements:** <#${stage.news.id}>`);
    const off = await odette.command('/config announcements', { off: true }).message();
    expect(off.content).toContain('**Announcements:** nowhere. Nothing is announced');
    expect(stage.count("events WHERE name = 'settingsChanged'")).toBe(2);
  });
});

describe('what Discord delivers twice', () => {
  test('acts once', async () => {
    const stage = await Stage.join(SLOWLY);
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const started = await mira.command('/craft', { recipe: 'campfire' }, { delivery: 'twice' }).message();
    expect(started.embeds[0]?.title).toBe('You start on 🔥 Campfire');
    const question = await mira.press(started, 'Cancel').message();
    // The second delivery of the order has been dealt with by now: the answers above came after it.
    expect(stage.count('crafts')).toBe(1);
    expect(stage.has('oak_log')).toBe(18);

    await mira.press(question, 'Give it up', { delivery: 'twice' }).message();
    await mira.command('/inventory').message();
    expect(stage.count("events WHERE name = 'craftCancelled'")).toBe(1);
    expect(stage.has('oak_log')).toBe(20);
    expect(stage.discrepancies()).toEqual([]);
  });
});

test('an unexpected error gives the player a reference, and the operator the story under it', async () => {
  const stage = await Stage.join(SLOWLY);
  const fault = stage.discord.faults.answer(
    'POST /interactions/*/*/callback',
    { status: 400, code: 50_035 },
    { times: 1 },
  );
  onTestFinished(() => fault.remove());
  const answer = await stage.discord.as(stage.mira, stage.workshop).command('/inventory').message();
  const [, reference] = answer.content.match(/`([0-9A-F]{8})`/) ?? [];
  expect(reference).toBeDefined();
  const line = await stage.bot.logged(
    ({ level, msg }) => level === 'error' && msg.includes(`[${reference}]`),
  );
  expect(line).toMatchObject({
    msg: expect.stringContaining('/inventory'),
    err: { stack: expect.any(String) },
  });
});
