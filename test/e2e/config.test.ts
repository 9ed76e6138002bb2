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
    const stage = await Stage.join();
    const announcements = configure(stage, 'announcements');
    expect(await announcements()).toEqual([
      '📣 **Announcements:** nowhere. Nothing is announced until you choose a channel',
      '🌟 **Rare items:** same as the others',
      '🆙 **Levels:** same as the others',
      '🏆 **Achievements:** same as the others',
      '🏁 **Milestones:** same as the others',
      '💎 **Items from:** Rare',
      '🎉 **Levels to celebrate:** one in 5',
      '🏅 **Achievements from:** Gold',
      '⏱️ **Spacing:** 5 s at least',
      '📬 **Messages in an hour:** 30 at most',
      '🌙 **Quiet hours:** none',
    ]);
    const chosen = {
      channel: stage.news,
      'rare-items': stage.workshop,
      'milestones-off': true,
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
      `📣 **Announcements:** <#${stage.news.id}>`,
      `🌟 **Rare items:** <#${stage.workshop.id}>`,
      '🆙 **Levels:** same as the others',
      '🏆 **Achievements:** same as the others',
      '🏁 **Milestones:** off',
      '💎 **Items from:** Epic',
      '🎉 **Levels to celebrate:** every one',
      '🏅 **Achievements from:** Silver',
      '⏱️ **Spacing:** 1 min 30 s at least',
      '📬 **Messages in an hour:** 1 at most',
      '🌙 **Quiet hours:** from 22:00 to 07:30, by the clock of Europe/Berlin',
    ];
    expect(await announcements(chosen)).toEqual(inForce);
    expect(await announcements()).toEqual(inForce);
    const changes = stage.query("SELECT cause_id FROM events WHERE name = 'settingsChanged'");
    expect(changes).toHaveLength(9);
    expect(new Set(changes.map(({ cause_id: cause }) => cause)).size).toBe(1);
    expect(stage.discord.refusals).toEqual([]);
  });

  test('is not changed at all where one of several things is impossible', async () => {
    const stage = await Stage.join();
    const announcements = configure(stage, 'announcements');
    expect(await announcements({ channel: stage.news, budget: 3, 'quiet-from': '22' })).toEqual([
      'There are no quiet hours yet, so I have to know when they end, too. Give `quiet-until` as well.',
    ]);
    expect(stage.count('guild_settings')).toBe(0);
  });

  test('is quiet by UTC until somebody says otherwise, and not quiet any more when they say so', async () => {
    const stage = await Stage.join();
    const announcements = configure(stage, 'announcements');
    expect((await announcements({ 'quiet-from': '22:00', 'quiet-until': '7:00' })).at(-1)).toBe(
      '🌙 **Quiet hours:** from 22:00 to 07:00, by UTC. Choose a time zone to go by your own clock',
    );
    expect((await announcements({ 'time-zone': 'tokyo' })).at(-1)).toContain(
      'from 22:00 to 07:00, by the clock of Asia/Tokyo',
    );
    expect((await announcements({ 'quiet-until': '8' })).at(-1)).toContain(
      'from 22:00 to 08:00, by the clock of Asia/Tokyo',
    );
    expect((await announcements({ 'quiet-off': true })).at(-1)).toBe('🌙 **Quiet hours:** none');
  });

  test('offers time zones by what is typed, that in force first', async () => {
    const stage = await Stage.join();
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
    const stage = await Stage.join();
    stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['ReadMessageHistory'] });
    const answer = await configure(stage, 'announcements')({ channel: stage.news });
    expect(answer[0]).toBe(`📣 **Announcements:** <#${stage.news.id}>`);
    expect(answer.at(-1)).toMatch(
      /^⚠️ Something is wrong with <#\d+>: <\/admin doctor:\d+> says what, and where to click\.$/,
    );
  });

  test('tells those who run the server in their log channel what goes wrong', async () => {
    const stage = await Stage.open({ environment: { GAME_SPEED: '60' } });
    const log = configure(stage, 'log');
    expect(await log()).toEqual(['🗒️ **Log channel:** by direct message to the owner']);
    const office = stage.discord.addChannel(stage.guild, { name: 'office' });
    expect(await log({ channel: office })).toEqual([`🗒️ **Log channel:** <#${office.id}>`]);
    await stage.chooseAnnouncements();
    stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['EmbedLinks'] });
    await stage.craft('star_compass');
    // What the admin changes is told there too.
    const said = () => stage.discord.messages(office).flatMap(({ embeds }) => embeds);
    const problem = `I see <#${stage.news.id}> but may not write there.`;
    await stage.until('the problem being told', () =>
      said().some(({ description }) => description?.includes(problem) === true),
    );
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
      '💬 **Taking part:** on',
      '🙈 **Left out:** none: every channel counts',
      '✉️ **A message:** as many points as the operator has set',
      '👍 **A reaction:** as many points as the operator has set',
      '⌨️ **A command:** as many points as the operator has set',
      'Points: 1 for a message, 0.5 for a reaction, 2 for a command, and up to 5 in one minute.',
      'Each point brings 1 XP, and now and then something turns up.',
      'Bots and webhooks never count, nor do reactions to one’s own messages.',
    ].join('\n'),
  );
  expect(await engagement({ ignore: stage.news })).toContain(`🙈 **Left out:** <#${stage.news.id}>\n`);
  expect(await engagement({ ignore: stage.workshop })).toContain(
    `🙈 **Left out:** <#${stage.news.id}>, <#${stage.workshop.id}>\n`,
  );
  await engagement({ listen: stage.news });
  expect(await engagement({ listen: stage.workshop })).toContain('every channel counts');
  expect(await engagement({ enabled: false })).toMatch(/^💬 \*\*Taking part:\*\* off\n/);
  expect(await engagement({ enabled: true })).toMatch(/^💬 \*\*Taking part:\*\* on\n/);
  const weighed = await engagement({ message: 0, reaction: 2.5 });
  expect(weighed).toContain('✉️ **A message:** 0 points\n👍 **A reaction:** 2.5 points');
  expect(weighed).toContain('Points: 0 for a message, 2.5 for a reaction, 2 for a command,');
  expect(stage.count("events WHERE name = 'settingsChanged'")).toBe(8);
  expect(stage.discord.refusals).toEqual([]);
});

test('so many channels can be left out and no more, and the longest answer fits into a message', async () => {
  const stage = await Stage.join();
  const odette = stage.discord.as(stage.odette, stage.workshop);
  const channels = Array.from({ length: 51 }, (_, number) =>
    stage.discord.addChannel(stage.guild, { name: `quiet-${number}` }),
  );
  const ignore = async (channel: { readonly id: string }) =>
    (await odette.command('/config engagement', { ignore: channel }).message()).content;
  for (const channel of channels.slice(0, 49)) await ignore(channel);
  expect(await ignore(channels[49] ?? stage.news)).toContain(`<#${channels[49]?.id}>`);
  expect(await ignore(channels[50] ?? stage.news)).toBe(
    '50 channels fit on that list and no more. Take one off first.',
  );
  expect(stage.discord.refusals).toEqual([]);
});

test('an admin whose Discord speaks German is answered in German', async () => {
  const stage = await Stage.join();
  const hilde = stage.discord.addUser({ name: 'Hilde', locale: 'de' });
  const guild = stage.discord.addGuild({ name: 'Der Amboss', owner: hilde });
  const channel = stage.discord.addChannel(guild, { name: 'werkstatt' });
  const seat = stage.discord.as(hilde, channel);
  const answer = await seat.command('/config engagement', { ignore: channel }).message();
  expect(answer.content).toContain(`🙈 **Ausgenommen:** <#${channel.id}>\n`);
  expect(answer.content).toContain('0,5 für eine Reaktion');
  const night = { channel, spacing: 60, 'quiet-from': '22.30', 'quiet-until': '7', 'time-zone': 'berlin' };
  const told = await seat.command('/config announcements', night).message();
  expect(told.content.split('\n')).toEqual([
    `📣 **Ankündigungen:** <#${channel.id}>`,
    '🌟 **Seltene Werke:** wie die anderen',
    '🆙 **Level:** wie die anderen',
    '🏆 **Erfolge:** wie die anderen',
    '🏁 **Meilensteine:** wie die anderen',
    '💎 **Werke ab:** Selten',
    '🎉 **Level zum Feiern:** jedes 5.',
    '🏅 **Erfolge ab:** Gold',
    '⏱️ **Abstand:** mindestens 1 Min.',
    '📬 **Nachrichten in einer Stunde:** höchstens 30',
    '🌙 **Ruhezeit:** von 22:30 bis 07:00 nach der Uhr von Europe/Berlin',
  ]);
});
