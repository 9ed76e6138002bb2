import { container } from '@sapphire/framework';
import type { Client } from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LoopbackDiscord } from '../../playground/discord/index.ts';
import { ChannelSender, markOf } from '../../src/discord/channel-sender.ts';
import { createCourier } from '../../src/discord/courier.ts';
import { ServerDirectory } from '../../src/discord/server-directory.ts';
import type { ChannelMessage } from '../../src/game/announcements/channel-messages.table.ts';
import type { Clock } from '../../src/world/clock.ts';
import { HOUR } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { MIRAS, NEWS, TellingBench } from '../support/telling.ts';

/** A message that was frozen just now. */
async function frozen(): Promise<ChannelMessage & { readonly telling: TellingBench }> {
  const telling = new TellingBench(await createPieceBench());
  telling.announce(1);
  return { ...telling.sending().message, telling };
}

/** Sends a message again that may have arrived long ago, to an address where nobody answers. */
async function sendAgain(outletId: string) {
  const { telling, ...message } = await frozen();
  telling.bench.clock.advance(HOUR);
  const { signal } = new AbortController();
  return container.channelSender.send({ ...message, outletId }, true, signal);
}

/** Sends this to Mira by direct message, over a Discord that is there. `first` is what became of it. */
async function sendDirectly(body: ChannelMessage['body']) {
  const discord = await LoopbackDiscord.start();
  onTestFinished(() => discord.stop());
  const { telling: _, ...message } = await frozen();
  const sender = senderTo(discord, { clock: { now: Date.now, toMachineTime: (time) => time } });
  const mira = discord.addUser({ name: 'Mira' });
  discord.addGuild({ name: 'The Anvil', owner: mira });
  const { id } = discord.directChannel(mira);
  const now = Date.now();
  const sent = { ...message, outletId: MIRAS, channelId: id, body, frozenAt: now, triedAt: now };
  const { signal } = new AbortController();
  return { sender, sent, first: await sender.send(sent, false, signal), signal };
}

test('whether a message has arrived in a channel that the bot knows nothing of only Discord can say: it stays open while Discord is away', async () => {
  expect(await sendAgain(NEWS)).toMatchObject({ became: 'uncertain' });
});

test('whether a direct message has arrived is looked for, again and again if need be', async () => {
  expect(await sendAgain(MIRAS)).toMatchObject({ became: 'uncertain' });
});

test('what could not be sent since nobody said whose the channel is has certainly not arrived', async () => {
  const { telling: _, ...message } = await frozen();
  const { signal } = new AbortController();
  expect(await container.channelSender.send(message, false, signal)).toMatchObject({ became: 'postponed' });
});

test('a message of which only its mark is left is found by it, and no other is taken for it', async () => {
  const body = { embeds: [{ description: 'A secret reason.', timestamp: new Date(0).toISOString() }] };
  const { sender, sent, first, signal } = await sendDirectly(body);
  expect(first.became).toBe('sent');
  expect(markOf(body)).toMatch(/^[\w-]{43}$/);
  const emptied = { ...sent, body: {}, mark: markOf(body) };
  expect(await sender.lookFor(emptied, signal)).toEqual(first);
  const other = { ...emptied, mark: markOf({ embeds: [{ description: 'Another.' }] }) };
  expect(await sender.lookFor(other, signal)).toEqual({ became: 'absent' });
});

test('a message is found whose words begin or end with a space: Discord keeps none', async () => {
  const body = { content: 'Hear! ', embeds: [{ title: ' A blade ', description: 'It is done.\n' }] };
  const { sender, sent, first, signal } = await sendDirectly(body);
  expect(first.became).toBe('sent');
  expect(await sender.lookFor(sent, signal)).toEqual(first);
});

/** The way to Discord on loopback, of a bot to which the gateway has told nothing. */
function senderTo(discord: LoopbackDiscord, { clock }: { readonly clock: Clock }): ChannelSender {
  const courier = createCourier(discord.token, discord.apiUrl, {
    beforeRequest: () => Promise.resolve(),
    onInvalidAnswer: () => undefined,
  });
  // Of the client nothing else is looked at.
  const nothing = { cache: new Map() };
  const client = { user: { id: discord.applicationId }, channels: nothing, guilds: nothing };
  const servers = new ServerDirectory(() => client as unknown as Client, clock);
  return new ChannelSender({ courier, servers, clock });
}

describe('in a channel of which the gateway does not tell', () => {
  /** Two servers that the bot is in, and what becomes of a message of the first one in this channel. */
  async function sendingAt(channelOf: (discord: LoopbackDiscord) => { readonly id: string; home: string }) {
    const discord = await LoopbackDiscord.start();
    onTestFinished(() => discord.stop());
    const { telling, ...message } = await frozen();
    const { id, home } = channelOf(discord);
    const { signal } = new AbortController();
    const outcome = await senderTo(discord, telling.bench).send(
      { ...message, guildId: home, outletId: id, channelId: id, body: { content: 'Hear, hear.' } },
      false,
      signal,
    );
    return { outcome, messages: () => discord.messages({ id }) };
  }

  /** A server with a channel. */
  function addServer(discord: LoopbackDiscord, name: string) {
    const guild = discord.addGuild({ name, owner: discord.addUser({ name: `Owner of ${name}` }) });
    return { guild, channel: discord.addChannel(guild, { name: 'news' }) };
  }

  test('a message is sent where Discord says that it is its server’s', async () => {
    const { outcome, messages } = await sendingAt((discord) => {
      const { guild, channel } = addServer(discord, 'The Anvil');
      return { id: channel.id, home: guild.id };
    });
    expect(outcome).toMatchObject({ became: 'sent' });
    expect(messages()).toHaveLength(1);
  });

  test('nothing is sent where it is another server’s', async () => {
    let theirs = '';
    const { outcome, messages } = await sendingAt((discord) => {
      const { guild } = addServer(discord, 'The Anvil');
      const other = addServer(discord, 'The Bellows');
      theirs = other.guild.id;
      return { id: other.channel.id, home: guild.id };
    });
    expect(outcome).toEqual({ became: 'foreign', home: theirs });
    expect(messages()).toEqual([]);
  });

  test('nothing is sent where it is somebody’s direct messages', async () => {
    const { outcome, messages } = await sendingAt((discord) => {
      const { guild } = addServer(discord, 'The Anvil');
      const { id } = discord.directChannel(discord.addUser({ name: 'Mira' }));
      return { id, home: guild.id };
    });
    expect(outcome).toEqual({ became: 'foreign', home: null });
    expect(messages()).toEqual([]);
  });

  test('one that is gone is known to be', async () => {
    const { outcome } = await sendingAt((discord) => {
      const { guild, channel } = addServer(discord, 'The Anvil');
      discord.removeChannel(channel);
      return { id: channel.id, home: guild.id };
    });
    expect(outcome).toMatchObject({ became: 'refused', problem: 'channelGone' });
  });
});
