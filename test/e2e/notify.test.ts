import { join } from 'node:path';
import { ButtonStyle } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { MessageRecord, UserRecord } from '../../playground/discord/index.ts';
import { createGameBench } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

const FAST = { environment: { GAME_SPEED: '60' } };

/** What the bot has told somewhere by itself, not as an answer. */
function told(stage: Stage, channel: { readonly id: string }): MessageRecord[] {
  return stage.discord.messages(channel).filter(({ origin }) => origin === null);
}

/** Waits until so much was told somewhere, and returns the last of it. */
async function nextTold(
  stage: Stage,
  channel: { readonly id: string },
  count: number,
): Promise<MessageRecord> {
  await stage.until(`${count} messages being told`, () => told(stage, channel).length === count);
  return told(stage, channel).at(-1) as MessageRecord;
}

async function notify(stage: Stage, about?: string, how?: string, who = stage.mira): Promise<string> {
  const seat = stage.discord.as(who, stage.workshop);
  const answer = await seat.command('/notify', { about, how }).message();
  expect(answer.visibleTo).toBe(who.id);
  return answer.embeds[0]?.description ?? '';
}

/** Whom anything that was told somewhere has pinged. */
function pinged(stage: Stage, channel: { readonly id: string }): string[] {
  return told(stage, channel).flatMap((message) => message.pinged.userIds);
}

/** How often the bot has knocked on somebody's direct messages. */
function knocks(stage: Stage, who: UserRecord): number {
  const { id } = stage.discord.directChannel(who);
  return stage.discord.log
    .of('request')
    .filter(({ method, path }) => method === 'POST' && path === `/channels/${id}/messages`).length;
}

function closeWorkshop(stage: Stage): void {
  stage.discord.setOverwrite(stage.workshop, stage.discord.bot, { deny: ['SendMessages'] });
}

test('a player sees how they are notified, and changes it for one thing, for everything, or not by halves', async () => {
  const stage = await Stage.open();
  const before = await notify(stage);
  expect(before).toMatch(/^These count in this server\. Change one with `about` and `how`: <\/notify:\d+>/);
  expect(before.split('\n')).toEqual(
    expect.arrayContaining([
      '**🔨 Finished crafts**: in the channel, without a ping (default)',
      '**💬 What taking part brings**: not at all (default)',
    ]),
  );
  const changed = await notify(stage, 'craftFinished', 'direct');
  expect(changed).toMatch(/^✅ Changed\./);
  expect(changed).toContain('**🔨 Finished crafts**: by direct message\n');
  expect(changed).toContain('**⭐ New levels**: in the channel, without a ping (default)');
  for (const half of [await notify(stage, 'levelUp'), await notify(stage, undefined, 'off')]) {
    expect(half).toMatch(/^Nothing has changed yet\. Choose both, `about` and `how`/);
    expect(half).toContain('**⭐ New levels**: in the channel, without a ping (default)');
  }
  const everything = (await notify(stage, 'everything', 'off'))
    .split('\n')
    .filter((line) => /^\*\*/.test(line));
  expect(everything.length).toBeGreaterThan(5);
  expect(everything.filter((line) => !line.includes(': not at all'))).toEqual([]);
  expect(await notify(stage, undefined, undefined, stage.tobin)).toBe(before);
});

test('who asked for a ping gets it, with what happened in it, and nobody else does', async () => {
  const stage = await Stage.join(FAST);
  for (const who of [stage.mira, stage.tobin]) await notify(stage, 'achievement', 'off', who);
  await notify(stage, 'craftFinished', 'channel');
  await stage.craft('campfire', 1, stage.tobin);
  const quiet = await nextTold(stage, stage.workshop, 1);
  expect(quiet).toMatchObject({ content: '', pinged: { userIds: [], roleIds: [], everyone: false } });
  await stage.craft('campfire');
  const loud = await nextTold(stage, stage.workshop, 2);
  expect(loud.content).toMatch(new RegExp(`^<@${stage.mira.id}>, your craft is ready: .*🔥 Campfire$`));
  expect(loud.embeds).toMatchObject([{ description: expect.stringMatching(/^(✨.*\n)?\+10 XP$/) }]);
  expect(pinged(stage, stage.workshop)).toEqual([stage.mira.id]);
  expect(stage.discord.refusals).toEqual([]);
});

describe('direct messages', () => {
  test('say what happened where, without buttons that would do something, and lead back', async () => {
    const stage = await Stage.join(FAST);
    const direct = stage.discord.directChannel(stage.mira);
    await notify(stage, 'everything', 'direct');
    await stage.craft('campfire');
    const both = await nextTold(stage, direct, 1);
    // The first craft is an achievement, and so is the first masterwork, which one in ten is.
    expect(both.content).toMatch(/^[23] things have happened:$/);
    const footers = both.embeds.map(({ footer }) => footer?.text);
    expect(footers.length).toBeGreaterThan(1);
    expect(footers.filter((text) => text !== undefined)).toEqual(['The Anvil']);
    expect(footers.at(-1)).toBe('The Anvil');

    await notify(stage, 'achievement', 'off');
    await stage.craft('campfire');
    const one = await nextTold(stage, direct, 2);
    expect(one.content).toMatch(new RegExp(`^<@${stage.mira.id}>, your craft is ready: .*🔥 Campfire$`));
    expect(one.embeds).toMatchObject([
      { description: expect.stringMatching(/^(✨.*\n)?\+10 XP$/), footer: { text: 'The Anvil' } },
    ]);
    for (const { components } of [both, one]) {
      const url = `https://discord.com/channels/${stage.guild.id}/${stage.workshop.id}`;
      const back = { style: ButtonStyle.Link, label: 'Go to the channel', url };
      expect(components).toMatchObject([{ components: [back] }]);
    }
    expect(told(stage, stage.workshop)).toEqual([]);
    expect(stage.discord.refusals).toEqual([]);
  });

  test('that somebody does not take are told in the channel, and not tried again until they are chosen again', async () => {
    const stage = await Stage.join(FAST);
    await notify(stage, 'achievement', 'off');
    stage.discord.setDirectMessages(stage.mira, false);
    await notify(stage, 'craftFinished', 'direct');
    await stage.craft('campfire');
    await nextTold(stage, stage.workshop, 1);
    expect(await notify(stage)).toContain('\n\n⚠️ I could not reach you by direct message.');
    await stage.craft('campfire');
    await nextTold(stage, stage.workshop, 2);
    expect(knocks(stage, stage.mira)).toBe(1);

    stage.discord.setDirectMessages(stage.mira, true);
    expect(await notify(stage, 'craftFinished', 'direct')).not.toContain('⚠️');
    await stage.craft('campfire');
    const message = await nextTold(stage, stage.discord.directChannel(stage.mira), 1);
    expect(message.content).toContain('🔥 Campfire');
    expect(pinged(stage, stage.workshop)).toEqual([]);
  });
});

describe('what can be brought to a player neither way', () => {
  test('is shown to them once, after their next command, and what can be done about it works', async () => {
    const stage = await Stage.join(FAST);
    const mira = stage.discord.as(stage.mira, stage.workshop);
    await notify(stage, 'achievement', 'off');
    stage.discord.setDirectMessages(stage.mira, false);
    closeWorkshop(stage);
    await stage.craft('campfire');
    await stage.until(
      'It being in the inbox',
      () => stage.count("announcements WHERE state = 'inbox'") === 1,
    );
    expect(told(stage, stage.workshop)).toEqual([]);

    const [shown] = await mira.command('/inventory').followUpCount(1);
    expect(shown).toMatchObject({
      visibleTo: stage.mira.id,
      content: 'While you could not be reached:',
      embeds: [{ description: expect.stringContaining('your craft is ready: ') }],
    });
    await stage.until(
      'It counting as shown',
      () => stage.count("announcements WHERE state = 'sent' AND reason = 'shownInInbox'") === 1,
    );
    const again = await mira.press(shown as MessageRecord, 'Make again: Campfire').message();
    expect(again.embeds[0]?.title).toBe('You start on 🔥 Campfire');
    expect(stage.discord.refusals).toEqual([]);
  });

  test('is shown bit by bit where it is much: the rest after the command after that', async () => {
    const stage = await withInbox(100);
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const counts: number[] = [];
    for (const command of ['/inventory', '/profile']) {
      const [shown] = await mira.command(command).followUpCount(1);
      const lines = shown?.embeds[0]?.description?.split('\n') ?? [];
      counts.push(lines.length);
      expect(shown?.content.split('\n')[0]).toBe(`${lines.length} things while you could not be reached:`);
      const left = 100 - counts.reduce((sum, count) => sum + count);
      const rest = left > 0 ? [`-# ${left} more come after your next command.`] : [];
      expect(shown?.content.split('\n').slice(1)).toEqual(rest);
      await stage.until('That counting as shown', () => waiting(stage) === left);
    }
    expect(counts.reduce((sum, count) => sum + count)).toBe(100);
  });

  test('is kept when Discord does not take it, and is not shown beside a refusal', async () => {
    const stage = await withInbox(1);
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const fault = stage.discord.faults.answer(
      'POST /webhooks/*/*',
      { status: 404, code: 10_015 },
      { times: 1 },
    );
    await mira.command('/inventory').message();
    await fault.reached;
    await stage.bot.logged(({ msg }) => msg.startsWith('The inbox of somebody in'));
    expect(waiting(stage)).toBe(1);

    const refused = mira.command('/craft', { recipe: 'philosophers_stone' });
    await refused.message();
    const [shown] = await mira.command('/inventory').followUpCount(1);
    expect(shown?.embeds[0]?.description).toContain('🎁');
    expect(refused.followUps).toEqual([]);
  });

  test('is shown once to somebody who types two commands at once', async () => {
    const stage = await withInbox(1);
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const held = stage.discord.faults.hold('POST /webhooks/*/*', { when: 'before' });
    const first = mira.command('/inventory');
    await held.reached;
    const others = [mira.command('/profile'), mira.command('/inventory')];
    for (const other of others) await other.message();
    // Whatever came after their answers is under way by the time that another command was answered.
    await mira.command('/profile').message();
    held.release();
    await first.followUpCount(1);
    await stage.until('It counting as shown', () => waiting(stage) === 0);
    expect(held.hits).toBe(1);
    expect(others.flatMap(({ followUps }) => followUps)).toEqual([]);
  });

  test('is shown after a command of an admin too, which has subcommands, and not beside a refusal of it', async () => {
    const stage = await withInbox(1, ({ odette }) => odette);
    const odette = stage.discord.as(stage.odette, stage.workshop);
    stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['SendMessages'] });
    const refused = odette.command('/config announcements', { channel: stage.news });
    expect((await refused.message()).content).toContain('I cannot announce in');
    const [shown] = await odette.command('/config announcements').followUpCount(1);
    expect(shown).toMatchObject({ visibleTo: stage.odette.id });
    expect(refused.followUps).toEqual([]);
  });
});

/** How much waits in inboxes. */
function waiting(stage: Stage): number {
  return stage.count("announcements WHERE state = 'inbox'");
}

/** A stage on which somebody has been given so many things and could not be told. */
async function withInbox(
  count: number,
  whose: (stage: Stage) => UserRecord = ({ mira }) => mira,
): Promise<Stage> {
  const stage = await Stage.set();
  const { world, game, act } = createGameBench({ file: join(stage.folder, 'world.sqlite') });
  const holder = { guildId: stage.guild.id, userId: whose(stage).id };
  act((tx) => {
    game.outlets.close(tx, game.outlets.direct(tx, holder.userId), null);
    game.outlets.pause(tx, stage.workshop.id, holder.guildId, {
      problem: 'refused',
      detail: null,
      isOfConcern: true,
    });
  });
  for (let quantity = 1; quantity <= count; quantity++) {
    const gift = { kind: 'gift', from: stage.tobin.id, itemId: 'oak_log', quantity } as const;
    act((tx) => game.announcements.tell(tx, holder, stage.workshop.id, gift));
  }
  world.close();
  await stage.startBot();
  return stage;
}
