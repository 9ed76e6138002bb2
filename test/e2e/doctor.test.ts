import { describe, expect, test } from 'vitest';
import type { MessageRecord } from '../../playground/discord/index.ts';
import { buttonsOn } from '../support/commands.ts';
import { Stage } from '../support/stage.ts';
import { refusal } from '../support/unchanged.ts';

const FAST = { environment: { GAME_SPEED: '60' } };
const PATIENTLY = { within: 60_000 };

const NEEDS_MANAGE_SERVER =
  'Only members with the Manage Server permission or the server’s manager role can use this.';

/** A server that announces in #announcements: one of several that the bot is in. */
const joinAnnouncing = async () => announcing(await Stage.join(FAST));

/** The same with a bot of its own, where all that the bot knows is compared. */
const openAnnouncing = async () => announcing(await Stage.open(FAST));

async function announcing(stage: Stage): Promise<Stage> {
  await stage.chooseAnnouncements();
  return stage;
}

/** Asks the doctor, in the workshop unless it is said otherwise. */
async function ask(stage: Stage, place: { readonly id: string } = stage.workshop): Promise<MessageRecord> {
  const answer = await stage.discord.as(stage.odette, place).command('/admin doctor').message();
  expect(answer.visibleTo).toBe(stage.odette.id);
  return answer;
}

/** What the doctor says in general. */
async function diagnosis(stage: Stage): Promise<string> {
  return (await ask(stage)).embeds[0]?.description ?? '';
}

/** What the doctor says about one channel, line by line, with the time left out. */
async function findings(
  stage: Stage,
  channel: { readonly id: string },
  place?: { readonly id: string },
): Promise<{ name: string; lines: string[] } | undefined> {
  const [embed] = (await ask(stage, place)).embeds;
  const field = embed?.fields?.find(({ value }) => value.startsWith(`<#${channel.id}>`));
  if (!field) return undefined;
  const lines = field.value.replaceAll(/<t:\d+:R>/g, '<when>').replaceAll(/<(\/[^:]+):\d+>/g, '<$1>');
  return { name: field.name, lines: lines.split('\n').slice(1) };
}

/** How many announcements wait in #announcements. */
const waiting = (stage: Stage) =>
  stage.count(`announcements WHERE state = 'pending' AND outlet_id = '${stage.news.id}'`);

const isPaused = (stage: Stage) =>
  stage.count(`outlets WHERE state = 'paused' AND id = '${stage.news.id}'`) === 1;

/** Something is announced that cannot be told. */
async function announceInVain(stage: Stage): Promise<void> {
  await stage.craft('star_compass');
  await stage.until('The channel being paused', () => isPaused(stage));
}

describe('the doctor', () => {
  test('says what to do where no channel is chosen', async () => {
    const stage = await Stage.join(FAST);
    const answer = await ask(stage);
    expect(answer.embeds[0]?.description).toMatch(
      /^📣 Nothing is announced, since no channel is chosen\. Choose one with <\/config announcements:\d+>\.$/,
    );
    expect(buttonsOn(answer)).toEqual([]);
  });

  test('says in one line that all is well', async () => {
    const stage = await joinAnnouncing();
    const answer = await ask(stage);
    expect(answer.embeds).toMatchObject([
      {
        description: `✅ All is well: I may do everything I need in <#${stage.news.id}>, <#${stage.workshop.id}>, and nothing is stuck.`,
        fields: [],
      },
    ]);
    expect(buttonsOn(answer)).toEqual([`sendTest:${stage.news.id}`]);
    expect(stage.discord.refusals).toEqual([]);
  });

  test('names each permission that the channel takes away, and where to click; and that all is well again', async () => {
    const stage = await joinAnnouncing();
    const { discord, news } = stage;
    discord.setOverwrite(news, discord.bot, { deny: ['SendMessages', 'EmbedLinks'] });
    expect(await findings(stage, news)).toEqual({
      name: '📣 Announcements',
      lines: [
        '✅ View Channel, Read Message History',
        '❌ Send Messages, Embed Links',
        '👉 The channel’s settings › **Permissions**: add me and allow **Send Messages**, **Embed Links**.',
      ],
    });
    expect((await findings(stage, stage.workshop))?.lines).toEqual([
      '✅ View Channel, Send Messages, Embed Links, Read Message History',
    ]);
    // Nothing to try where it is known to be in vain.
    expect(buttonsOn(await ask(stage))).toEqual([]);
    discord.removeOverwrite(news, discord.bot);
    await stage.until('All being well', async () => (await diagnosis(stage)).startsWith('✅'));
  });

  test('names what the roles of the bot lack, for every channel at once', async () => {
    const stage = await joinAnnouncing();
    const everyone = ['ViewChannel', 'SendMessages', 'ReadMessageHistory', 'UseApplicationCommands'] as const;
    stage.discord.setRolePermissions(stage.guild, stage.guild, everyone);
    expect((await findings(stage, stage.news))?.lines).toEqual([
      '✅ View Channel, Send Messages, Read Message History',
      '❌ Embed Links',
      '👉 The channel’s settings › **Permissions**: add me and allow **Embed Links**.',
      'Or for every channel at once: **Server Settings** › **Roles** › my role › **Permissions**.',
    ]);
  });

  test('says what it is for to read what was written before', async () => {
    const stage = await joinAnnouncing();
    stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['ReadMessageHistory'] });
    expect((await findings(stage, stage.news))?.lines.at(-1)).toMatch(/^I write all the same\./);
  });

  test('tells what is paused, why and how much waits there, and it is told when the bot may write again', async () => {
    const stage = await joinAnnouncing();
    const { discord, news } = stage;
    discord.setOverwrite(news, discord.bot, { deny: ['ViewChannel'] });
    await announceInVain(stage);
    expect(await findings(stage, news)).toEqual({
      name: '📣 Announcements',
      lines: [
        '❌ View Channel, Send Messages, Embed Links, Read Message History',
        '👉 The channel’s settings › **Permissions**: add me and allow **View Channel**, **Send Messages**, **Embed Links**, **Read Message History**.',
        `⏸️ Paused <when>. I cannot see <#${news.id}>.`,
        'I go on by myself as soon as that is mended.',
        `📨 ${waiting(stage)} announcement waits.`,
      ],
    });
    discord.removeOverwrite(news, discord.bot);
    await discord.waitForMessage(
      news,
      ({ embeds }) => embeds[0]?.title?.startsWith('Rare work') === true,
      PATIENTLY,
    );
    await stage.until('All being well', async () => (await diagnosis(stage)).startsWith('✅'));
  });

  test('tells that a channel was deleted, at once and after it was noticed', async () => {
    const stage = await joinAnnouncing();
    stage.discord.removeChannel(stage.news);
    const gone =
      '❌ This server has no such channel (anymore). Choose another one with </config announcements>.';
    expect((await findings(stage, stage.news))?.lines).toEqual([gone]);
    await announceInVain(stage);
    expect((await findings(stage, stage.news))?.lines).toEqual([
      gone,
      `📨 ${waiting(stage)} announcement waits.`,
    ]);
    // What has no other place is told where the server wants it next, and the old one is none of its business any more.
    const odette = stage.discord.as(stage.odette, stage.workshop);
    await odette.command('/config announcements', { channel: stage.workshop }).message();
    await stage.until('It being told', () => waiting(stage) === 0);
    expect(await findings(stage, stage.news)).toBeUndefined();
  });

  test.each([
    ['a rule of the server’s', { status: 403, code: 200_000 }],
    ['a locked thread', { status: 400, code: 160_005 }],
  ])(
    'says in Discord’s own words why it refuses, such as %s; a test is the wish to try again now',
    async (_why, answer) => {
      const stage = await joinAnnouncing();
      const { discord, news } = stage;
      const fault = discord.faults.answer(`POST /channels/${news.id}/messages`, answer);
      await announceInVain(stage);
      const { lines = [] } = (await findings(stage, news)) ?? {};
      expect(lines.slice(1)).toEqual([
        `⏸️ Paused <when>. Discord refuses my messages in <#${news.id}>.`,
        expect.stringMatching(/^Discord says: “.+”$/),
        'I try again <when>.',
        `📨 ${waiting(stage)} announcement waits.`,
      ]);
      fault.remove();
      await press(stage, await ask(stage));
      await discord.waitForMessage(news, isTest, PATIENTLY);
      await discord.waitForMessage(news, (message) => !isTest(message), PATIENTLY);
    },
  );

  test('tells what is held back until the quiet hours are over, and that nothing is wrong with it', async () => {
    const stage = await joinAnnouncing();
    const hour = new Date().getUTCHours();
    const quiet = { 'quiet-from': String((hour + 23) % 24), 'quiet-until': String((hour + 22) % 24) };
    await stage.discord.as(stage.odette, stage.workshop).command('/config announcements', quiet).message();
    await stage.craft('star_compass');
    await stage.until('It waiting', () => waiting(stage) === 1);
    expect(await diagnosis(stage)).toMatch(/^✅ All is well/);
    expect((await findings(stage, stage.news))?.lines).toEqual([
      '✅ View Channel, Send Messages, Embed Links, Read Message History',
      '📨 1 announcement waits.',
      '🌙 These are your quiet hours. They end <when>.',
    ]);
  });

  test('tells that the budget is used up', async () => {
    const stage = await joinAnnouncing();
    const odette = stage.discord.as(stage.odette, stage.workshop);
    await odette.command('/config announcements', { budget: 1 }).message();
    await stage.craft('star_compass');
    await stage.discord.waitForMessage(stage.news, () => true, PATIENTLY);
    await stage.until('It being recorded', () => waiting(stage) === 0);
    expect((await findings(stage, stage.news))?.lines.at(-1)).toBe(
      '⏱️ So many messages were sent in the last hour that the next one comes <when>.',
    );
  });

  test('tells that somebody gave the bot a timeout', async () => {
    const stage = await joinAnnouncing();
    stage.discord.timeOut(stage.guild, stage.discord.bot, Date.now() + 3_600_000);
    await stage.until('It being told', async () => (await diagnosis(stage)).startsWith('⏳'));
    expect(await diagnosis(stage)).toMatch(/I can write nowhere in this server\. It ends <t:\d+:R>\./);
    await announceInVain(stage);
    expect((await findings(stage, stage.news))?.lines).toContain(
      'I go on by myself as soon as that is mended.',
    );
    stage.discord.timeOut(stage.guild, stage.discord.bot, null);
    await stage.discord.waitForMessage(stage.news, () => true, PATIENTLY);
  });

  test('tells of a channel in which players play and the bot may not write', async () => {
    const stage = await joinAnnouncing();
    stage.discord.setOverwrite(stage.workshop, stage.discord.bot, { deny: ['SendMessages'] });
    await stage.craft('campfire');
    await stage.until('It being paused', () => stage.count("outlets WHERE state = 'paused'") === 1);
    const office = stage.discord.addChannel(stage.guild, { name: 'office' });
    const found = await findings(stage, stage.workshop, office);
    expect(found?.name).toBe('💬 Another channel');
    expect(found?.lines.at(-1)).toBe(
      'What I have to tell players there goes to them by direct message for now.',
    );
  });

  test('tells that nobody hears of problems where the owner takes no direct messages', async () => {
    const stage = await Stage.set(FAST);
    stage.discord.setDirectMessages(stage.odette, false);
    await stage.startBot();
    await stage.chooseAnnouncements();
    stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['SendMessages'] });
    await announceInVain(stage);
    await stage.until(
      'The owner being found closed',
      () => stage.count("outlets WHERE state = 'closed'") === 1,
    );
    expect(await diagnosis(stage)).toMatch(/^🗒️ If something goes wrong, nobody hears of it/);
    await stage.discord
      .as(stage.odette, stage.workshop)
      .command('/config log', { channel: stage.workshop })
      .message();
    expect(await diagnosis(stage)).toMatch(/^⚠️ Something keeps me/);
  });

  test('speaks German with who speaks German', async () => {
    const stage = await Stage.join(FAST);
    const hilde = stage.discord.addUser({ name: 'Hilde', locale: 'de' });
    const guild = stage.discord.addGuild({ name: 'Der Amboss', owner: hilde });
    const channel = stage.discord.addChannel(guild, { name: 'werkstatt' });
    const seat = stage.discord.as(hilde, channel);
    await seat.command('/config announcements', { channel }).message();
    stage.discord.setOverwrite(channel, stage.discord.bot, { deny: ['ReadMessageHistory'] });
    const answer = await seat.command('/admin doctor').message();
    expect(answer.embeds[0]?.fields?.[0]?.value).toContain(
      '👉 Einstellungen des Kanals › **Berechtigungen**: Füge mich hinzu und erlaube **Nachrichtenverlauf anzeigen**.',
    );
  });

  test('is only for those who manage the server, even where Discord would let others', async () => {
    const stage = await Stage.open();
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const asked = () => mira.command('/admin doctor', {}, { evenIfHidden: true });
    expect(await refusal(stage, asked)).toBe(NEEDS_MANAGE_SERVER);
  });
});

describe('a test message', () => {
  test('arrives within seconds, and says who wanted it', async () => {
    const stage = await joinAnnouncing();
    expect(await press(stage, await ask(stage))).toMatch(
      new RegExp(
        `^📨 A test message is on its way to <#${stage.news.id}>\\. It should be there <t:\\d+:R>; if not, </admin doctor:\\d+> says why\\.$`,
      ),
    );
    const arrived = await stage.discord.waitForMessage(stage.news, isTest, PATIENTLY);
    expect(arrived.embeds[0]?.description).toContain(`<@${stage.odette.id}>`);
    expect(arrived.pinged.userIds).toEqual([]);
    await stage.until('It being recorded', () => waiting(stage) === 0);
    expect(stage.query("SELECT state FROM announcements WHERE audience = 'admins'")).toEqual([
      { state: 'sent' },
    ]);
    expect(stage.discord.refusals).toEqual([]);
  });

  test('arrives also when announcements are held back', async () => {
    const stage = await joinAnnouncing();
    const hour = new Date().getUTCHours();
    const quiet = { 'quiet-from': String((hour + 23) % 24), 'quiet-until': String((hour + 22) % 24) };
    await stage.discord.as(stage.odette, stage.workshop).command('/config announcements', quiet).message();
    await press(stage, await ask(stage));
    await stage.discord.waitForMessage(stage.news, isTest, PATIENTLY);
  });

  test('is sent once, however often the button is pressed before it has arrived', async () => {
    const stage = await joinAnnouncing();
    stage.discord.faults.answer(`POST /channels/${stage.news.id}/messages`, { status: 500 });
    const shown = await ask(stage);
    const answers = await Promise.all(Array.from({ length: 20 }, () => press(stage, shown)));
    expect(answers.filter((answer) => answer.includes('is on its way to'))).toHaveLength(20);
    expect(answers.filter((answer) => answer.includes('already'))).toHaveLength(19);
    stage.discord.faults.clear();
    await stage.discord.waitForMessage(stage.news, isTest, PATIENTLY);
    await stage.until('It being recorded', () => waiting(stage) === 0);
    expect(stage.discord.messages(stage.news)).toHaveLength(1);
    // And once more when somebody wants to see it once more.
    await press(stage, shown);
    await stage.until('It arriving', () => stage.discord.messages(stage.news).length === 2);
  });

  test('is only for those who manage the server now', async () => {
    const stage = await openAnnouncing();
    const { discord, guild, workshop } = stage;
    const role = discord.addRole(guild, { name: 'Keepers', permissions: ['ManageGuild'] });
    const hilde = discord.addUser({ name: 'Hilde' });
    discord.addMember(guild, hilde, { roles: [role] });
    const seat = discord.as(hilde, workshop);
    const shown = await seat.command('/admin doctor').message();
    discord.setRolePermissions(guild, role, []);
    expect(await refusal(stage, () => seat.press(shown, buttonsOn(shown)[0] ?? ''))).toBe(
      NEEDS_MANAGE_SERVER,
    );
    const mira = discord.as(stage.mira, workshop);
    const made = () => mira.pressRaw(shown, `sendTest:${stage.news.id}`);
    expect(await refusal(stage, made)).toBe(NEEDS_MANAGE_SERVER);
  });

  test('is not sent by a button that was made up', async () => {
    const stage = await openAnnouncing();
    const shown = await ask(stage);
    const odette = stage.discord.as(stage.odette, stage.workshop);
    for (const customId of [
      'sendTest',
      'sendTest:',
      'sendTest:news',
      'sendTest:1:2',
      'sendTest:@100000000000000001',
    ]) {
      const said = await refusal(stage, () => odette.pressRaw(shown, customId));
      expect(said, customId).toContain('does not work anymore');
    }
  });

  test('is not sent to a channel of another server, or where the bot may not write', async () => {
    const stage = await openAnnouncing();
    const { discord, odette, workshop, news } = stage;
    const elsewhere = discord.addChannel(discord.addGuild({ name: 'Elsewhere', owner: odette }), {
      name: 'inn',
    });
    const shown = await ask(stage);
    const seat = discord.as(odette, workshop);
    const toElsewhere = () => seat.pressRaw(shown, `sendTest:${elsewhere.id}`);
    expect(await refusal(stage, toElsewhere)).toContain('not in this server');
    discord.setOverwrite(news, discord.bot, { deny: ['EmbedLinks'] });
    expect(await refusal(stage, () => seat.press(shown, `sendTest:${news.id}`))).toContain(
      'I lack the permission **Embed Links** there',
    );
  });
});

function isTest({ embeds }: MessageRecord): boolean {
  return embeds[0]?.title === 'It works';
}

/** Presses the button for a test in #announcements, and returns the answer. */
async function press(stage: Stage, shown: MessageRecord): Promise<string> {
  const odette = stage.discord.as(stage.odette, stage.workshop);
  const answer = await odette.press(shown, `sendTest:${stage.news.id}`).message();
  expect(answer.visibleTo).toBe(stage.odette.id);
  return answer.content;
}
