import { expect, test } from 'vitest';
import type { GuildChannelRecord, MessageRecord, Seat } from '../../playground/discord/index.ts';
import { Stage } from '../support/stage.ts';
import { refusal, untilIdle } from '../support/unchanged.ts';

const GREETING = { GAME_GREETING: 'true' };

/** A server that the bot is not in yet, with these channels. */
function newServer(stage: Stage, { locale = 'en-US', channels = ['rules', 'forge', 'tavern'] } = {}) {
  const guild = stage.discord.addGuild({ name: 'The Bellows', owner: stage.odette, withBot: false, locale });
  return { guild, places: channels.map((name) => stage.discord.addChannel(guild, { name })) };
}

/** What the bot has said by itself in these channels. */
function saidIn(stage: Stage, channels: readonly GuildChannelRecord[]): MessageRecord[] {
  return channels.flatMap((channel) =>
    stage.discord.messages(channel).filter(({ origin }) => origin === null),
  );
}

async function untilSaid(stage: Stage, channels: readonly GuildChannelRecord[]): Promise<MessageRecord> {
  await stage.until('the bot saying hello', () => saidIn(stage, channels).length > 0);
  return saidIn(stage, channels)[0] as MessageRecord;
}

/** Lets the bot write in none of these channels, or in each of them. */
function allow(stage: Stage, channels: readonly GuildChannelRecord[], isAllowed: boolean): void {
  const change = isAllowed ? { allow: ['SendMessages' as const] } : { deny: ['SendMessages' as const] };
  for (const channel of channels) stage.discord.setOverwrite(channel, stage.discord.bot, change);
}

test('a server that invites the bot is greeted once, where the bot may write, in its own language', async () => {
  const stage = await Stage.open({ environment: GREETING });
  const { guild, places } = newServer(stage, { locale: 'de' });
  const [rules, forge, tavern] = places as [GuildChannelRecord, GuildChannelRecord, GuildChannelRecord];
  stage.discord.setSystemChannel(rules);
  allow(stage, [rules], false);
  stage.discord.addBot(guild);
  const hello = await untilSaid(stage, places);
  expect(saidIn(stage, [rules, tavern])).toEqual([]);
  expect(hello).toMatchObject({ channelId: forge.id, pinged: { userIds: [], roleIds: [], everyone: false } });
  expect(hello.embeds[0]?.title).toBe('👋 Hallo, ich bin Forgeling');
  expect(hello.embeds[0]?.description?.split('\n').length).toBeLessThan(8);

  stage.discord.removeGuild(guild);
  await stage.until('the bot being out', () => stage.count('left_servers') === 1);
  await stage.bot.stop();
  stage.discord.addBot(guild);
  await stage.startBot();
  await stage.until('the bot being back', () => stage.count('left_servers') === 0);
  await stage.discord.as(stage.odette, tavern).command('/help').message();
  expect(saidIn(stage, places)).toHaveLength(1);
  expect(stage.discord.refusals).toEqual([]);
});

test('a server where the bot may write nowhere is left alone, and greeted when it may', async () => {
  const stage = await Stage.set({ environment: GREETING });
  const { guild, places } = newServer(stage);
  allow(stage, places, false);
  stage.discord.addBot(guild);
  await stage.startBot();
  await untilSaid(stage, [stage.workshop]);
  expect(saidIn(stage, places)).toEqual([]);
  await stage.bot.stop();
  allow(stage, places.slice(2), true);
  await stage.startBot();
  expect(await untilSaid(stage, places)).toMatchObject({ channelId: places[2]?.id });
  expect(stage.discord.refusals).toEqual([]);
});

test('those who run the server choose channel and language where the bot says hello, and nobody else does', async () => {
  const stage = await Stage.open({ environment: GREETING });
  const hello = await untilSaid(stage, [stage.workshop]);
  const [odette, tobin] = [stage.odette, stage.tobin].map((who) => stage.discord.as(who, stage.workshop));
  await untilIdle(stage);
  expect(await refusal(stage, () => (tobin as Seat).press(hello, 'setup'))).toContain('Manage Server');

  const admin = odette as Seat;
  const opened = await admin.press(hello, 'setup').message();
  expect(opened.visibleTo).toBe(stage.odette.id);
  expect(opened.embeds[0]?.description).toContain('**Announcements:** nowhere.');
  await admin.select(opened, 'chooseSetting:announcementChannel:choose:setup', [stage.news.id]).message();
  const chosen = await admin.select(opened, 'chooseSetting:serverLanguage:choose:setup', ['de']).message();
  expect(chosen.embeds[0]?.description).toContain(`<#${stage.news.id}>`);
  expect(chosen.embeds[0]?.description).toContain('Deutsch');
  const done = await admin.press(opened, 'finishSetup').message();
  expect(done.content).toMatch(
    new RegExp(`^✅ I am set up, and announce in <#${stage.news.id}>. </config panel:\\d+> changes`),
  );
  expect(done.components).toEqual([]);
  expect(stage.query('SELECT name, value FROM guild_settings ORDER BY name')).toEqual([
    { name: 'announcementChannel', value: JSON.stringify(stage.news.id) },
    { name: 'serverLanguage', value: '"de"' },
  ]);
  expect(stage.discord.refusals).toEqual([]);
});
