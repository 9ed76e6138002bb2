import { expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';

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
