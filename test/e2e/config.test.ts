import { describe, expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';

/** Uses `/config` as an admin, and sees that nobody else reads the answer. */
function configure(stage: Stage, subcommand: string) {
  const odette = stage.discord.as(stage.odette, stage.workshop);
  return async (options = {}) => {
    const answer = await odette.command(`/config ${subcommand}`, options).message();
    expect(answer.visibleTo).toBe(stage.odette.id);
    return answer.content.split('\n');
  };
}

describe('how a server is told things', () => {
  test('is set all at once, and seen at any time', async () => {
    const stage = await Stage.open();
    const announcements = configure(stage, 'announcements');
    expect(await announcements()).toEqual([
      '📣 Nothing is announced. Choose a channel with the option `channel` of `/config announcements`.',
      '💎 Crafted items from this rarity on: **Rare**.',
      '🎉 One level in 5 that somebody reaches.',
      '🏅 Achievements from this tier on: **Gold**.',
      '⏱️ A message every 5 s at most, and 30 in an hour. What is more comes together in one.',
      '🌙 No quiet hours.',
    ]);
    const chosen = {
      channel: stage.news,
      rarity: 'epic',
      levels: 1,
      achievements: 'silver',
      spacing: 90,
      budget: 1,
      'quiet-from': '22',
      'quiet-until': '7.30',
      'time-zone': 'Europe/Berlin',
    };
    const inForce = [
      `📣 Announced in <#${stage.news.id}>.`,
      '💎 Crafted items from this rarity on: **Epic**.',
      '🎉 Every level that somebody reaches.',
      '🏅 Achievements from this tier on: **Silver**.',
      '⏱️ A message every 1 min 30 s at most, and 1 in an hour. What is more comes together in one.',
      '🌙 Quiet from 22:00 to 07:30, by the clock of Europe/Berlin. What happens then is told when it is over.',
    ];
    expect(await announcements(chosen)).toEqual(inForce);
    expect(await announcements()).toEqual(inForce);
    const changes = stage.query("SELECT cause_id FROM events WHERE name = 'settingsChanged'");
    expect(changes).toHaveLength(7);
    expect(new Set(changes.map(({ cause_id: cause }) => cause)).size).toBe(1);
    expect(stage.discord.refusals).toEqual([]);
  });

  test('is not changed at all where one of several things is impossible', async () => {
    const stage = await Stage.open();
    const announcements = configure(stage, 'announcements');
    expect(await announcements({ channel: stage.news, budget: 3, 'quiet-from': '22' })).toEqual([
      'There are no quiet hours yet, so I have to know when they end, too. Give `quiet-until` as well.',
    ]);
    expect(stage.count('guild_settings')).toBe(0);
  });

  test('is quiet by UTC until somebody says otherwise, and not quiet any more when they say so', async () => {
    const stage = await Stage.open();
    const announcements = configure(stage, 'announcements');
    expect((await announcements({ 'quiet-from': '22:00', 'quiet-until': '7:00' })).at(-1)).toBe(
      '🌙 Quiet from 22:00 to 07:00, by UTC. Choose your own clock with the option `time-zone`. What happens then is told when it is over.',
    );
    expect((await announcements({ 'time-zone': 'tokyo' })).at(-1)).toContain(
      'from 22:00 to 07:00, by the clock of Asia/Tokyo',
    );
    expect((await announcements({ 'quiet-until': '8' })).at(-1)).toContain(
      'from 22:00 to 08:00, by the clock of Asia/Tokyo',
    );
    expect((await announcements({ 'quiet-off': true })).at(-1)).toBe('🌙 No quiet hours.');
  });

  test('offers time zones by what is typed, that in force first', async () => {
    const stage = await Stage.open();
    const odette = stage.discord.as(stage.odette, stage.workshop);
    const offered = async (typed: string) => {
      const handle = odette.autocomplete('/config announcements', 'time-zone', typed);
      return (await handle.choices()).map(({ value }) => value);
    };
    expect((await offered('')).slice(0, 2)).toEqual(['UTC', 'Africa/Abidjan']);
    expect(await offered('new york')).toEqual(['America/New_York']);
    await configure(
      stage,
      'announcements',
    )({
      'quiet-from': '22',
      'quiet-until': '7',
      'time-zone': 'Europe/Berlin',
    });
    expect((await offered('')).slice(0, 2)).toEqual(['Europe/Berlin', 'UTC']);
    expect(stage.discord.refusals).toEqual([]);
  });

  test('is accepted where the bot cannot read what was written before, and that is said', async () => {
    const stage = await Stage.open();
    stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['ReadMessageHistory'] });
    const answer = await configure(stage, 'announcements')({ channel: stage.news });
    expect(answer[0]).toBe(`📣 Announced in <#${stage.news.id}>.`);
    expect(answer.at(-1)).toMatch(
      /^⚠️ Something is wrong with this channel: <\/admin doctor:\d+> says what, and where to click\.$/,
    );
  });

  test('tells those who run the server in their log channel what goes wrong', async () => {
    const stage = await Stage.open({ environment: { GAME_SPEED: '60' } });
    const log = configure(stage, 'log');
    expect(await log()).toEqual([
      '🗒️ I tell problems to the owner by direct message. Choose a channel for them with the option `channel` of `/config log`.',
    ]);
    const office = stage.discord.addChannel(stage.guild, { name: 'office' });
    expect(await log({ channel: office })).toEqual([`🗒️ I tell problems in <#${office.id}>.`]);
    await stage.chooseAnnouncements();
    stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['EmbedLinks'] });
    await stage.craft('star_compass');
    const told = await stage.discord.waitForMessage(office, () => true, { within: 60_000 });
    expect(told.embeds[0]?.description).toContain(`I see <#${stage.news.id}> but may not write there.`);
    expect(await configure(stage, 'announcements')()).toContain('📨 1 announcement is waiting.');
    expect(await log({ off: true })).toEqual([expect.stringContaining('by direct message')]);
  });
});

test('an admin sees what counts as taking part, leaves channels out and counts them again', async () => {
  const stage = await Stage.open({ environment: { GAME_ENGAGEMENT_COMMAND: '2' } });
  const odette = stage.discord.as(stage.odette, stage.workshop);
  const engagement = async (options = {}) => {
    const answer = await odette.command('/config engagement', options).message();
    expect(answer.visibleTo).toBe(stage.odette.id);
    return answer.content;
  };
  expect(await engagement()).toBe(
    [
      'Taking part in this server is rewarded.',
      'Points: 1 for a message, 0.5 for a reaction, 2 for a command, and up to 5 in one minute.',
      'Each point brings 1 XP, and now and then something turns up.',
      'Every channel counts. Leave one out with the option `ignore` of `/config engagement`.',
      'Bots and webhooks never count, nor do reactions to one’s own messages.',
    ].join('\n'),
  );
  expect(await engagement({ ignore: stage.news })).toContain(
    `This channel and its threads don’t count: <#${stage.news.id}>`,
  );
  expect(await engagement({ ignore: stage.workshop })).toContain(
    `These channels and their threads don’t count: <#${stage.news.id}>, <#${stage.workshop.id}>`,
  );
  await engagement({ listen: stage.news });
  expect(await engagement({ listen: stage.workshop })).toContain('Every channel counts.');
  expect(await engagement({ enabled: false })).toMatch(/^Taking part is not rewarded here\./);
  expect(await engagement({ enabled: true })).toMatch(/^Taking part in this server is rewarded\./);
  expect(stage.count("events WHERE name = 'settingsChanged'")).toBe(6);
  expect(stage.discord.refusals).toEqual([]);
});

test('so many channels can be left out and no more, and the longest answer fits into a message', async () => {
  const stage = await Stage.open();
  const odette = stage.discord.as(stage.odette, stage.workshop);
  const channels = Array.from({ length: 51 }, (_, number) =>
    stage.discord.addChannel(stage.guild, { name: `quiet-${number}` }),
  );
  const ignore = async (channel: { readonly id: string }) =>
    (await odette.command('/config engagement', { ignore: channel }).message()).content;
  for (const channel of channels.slice(0, 49)) await ignore(channel);
  expect(await ignore(channels[49] ?? stage.news)).toContain(`<#${channels[49]?.id}>`);
  expect(await ignore(channels[50] ?? stage.news)).toBe(
    '50 channels are left out already, which is as many as I can remember. Let one count again with `/config engagement listen:` first.',
  );
  expect(stage.discord.refusals).toEqual([]);
});

test('an admin whose Discord speaks German is answered in German', async () => {
  const stage = await Stage.open();
  const hilde = stage.discord.addUser({ name: 'Hilde', locale: 'de' });
  const guild = stage.discord.addGuild({ name: 'Der Amboss', owner: hilde });
  const channel = stage.discord.addChannel(guild, { name: 'werkstatt' });
  const seat = stage.discord.as(hilde, channel);
  const answer = await seat.command('/config engagement', { ignore: channel }).message();
  expect(answer.content).toContain(`Dieser Kanal und seine Threads zählen nicht: <#${channel.id}>`);
  expect(answer.content).toContain('0,5 für eine Reaktion');
  const night = { channel, spacing: 60, 'quiet-from': '22.30', 'quiet-until': '7', 'time-zone': 'berlin' };
  const told = await seat.command('/config announcements', night).message();
  expect(told.content.split('\n')).toEqual([
    `📣 Angekündigt wird in <#${channel.id}>.`,
    '💎 Hergestelltes ab dieser Seltenheit: **Selten**.',
    '🎉 Jedes 5. Level, das jemand erreicht.',
    '🏅 Erfolge ab dieser Stufe: **Gold**.',
    '⏱️ Höchstens alle 1 Min. eine Nachricht und höchstens 30 in einer Stunde. Was mehr ist, kommt in einer zusammen.',
    '🌙 Ruhe von 22:30 bis 07:00 nach der Uhr von Europe/Berlin. Was dann geschieht, kommt danach.',
  ]);
});

test('what only admins may set is refused to others', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const answer = await mira
    .command('/config engagement', { enabled: false }, { evenIfHidden: true })
    .message();
  expect(answer.content).toBe('Only members with the Manage Server permission can use this.');
  expect(answer.visibleTo).toBe(stage.mira.id);
  expect(stage.count('guild_settings')).toBe(0);
});
