import { Events, type Message } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { logIn, setStage, signal } from './stage.ts';

type Stage = Awaited<ReturnType<typeof setStage>>;
let stage: Stage;
let ending: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ending.reverse()) await end();
  ending = [];
});

async function open(...setup: Parameters<typeof setStage>) {
  stage = await setStage(...setup);
  ending.push(() => stage.discord.stop());
  return stage;
}

async function bot(...setup: Parameters<typeof logIn> extends [unknown, ...infer Rest] ? Rest : never) {
  const client = await logIn(stage.discord, ...setup);
  ending.push(() => client.destroy());
  return client;
}

describe('a real discord.js client', () => {
  it('logs in and knows its server, channels and itself', async () => {
    const { discord, guild, workshop } = await open();
    const client = await bot();
    expect(client.user.id).toBe(discord.applicationId);
    expect(client.guilds.cache.get(guild.id)?.available).toBe(true);
    expect(client.channels.cache.has(workshop.id)).toBe(true);
    expect(client.guilds.cache.get(guild.id)?.members.me?.id).toBe(discord.applicationId);
    await discord.whenReady();
  });

  it('is refused with a wrong token', async () => {
    await open();
    await expect(bot({ token: 'wrong' })).rejects.toThrow(/token/i);
  });

  it('is closed out when it asks for an intent that nobody switched on', async () => {
    await open();
    await expect(bot({ options: { intents: ['Guilds', 'GuildMembers'] } })).rejects.toThrow(
      /disallowed intents/i,
    );
  });

  it('gets what it missed, once and in order, when its connection is dropped', async () => {
    const { discord, mira, tavern } = await open({ privilegedIntents: 1 << 15 });
    const heard: string[] = [];
    const all = signal();
    const client = await bot({
      options: { intents: ['Guilds', 'GuildMessages', 'MessageContent'] },
      prepare: (ready) =>
        ready.on(Events.MessageCreate, (message) => {
          heard.push(message.content);
          if (message.content === 'last') all.resolve();
        }),
    });
    const resumed = signal();
    client.once(Events.ShardResume, () => resumed.resolve());
    discord.refuseGateway(true);
    discord.dropGateway({ code: 4000 });
    await discord.whenGone();
    for (const words of ['first', 'second', 'last']) discord.as(mira, tavern).say(words);
    expect(heard).toEqual([]);
    discord.refuseGateway(false);
    await all.promise;
    await resumed.promise;
    expect(heard).toEqual(['first', 'second', 'last']);
    expect(discord.log.of('gateway').filter(({ what }) => what === 'identified')).toHaveLength(1);
  });

  // discord.js itself waits five seconds between two starts of a session.
  it('starts a new session when the old one cannot be resumed', { timeout: 20_000 }, async () => {
    const { discord } = await open();
    const client = await bot();
    const again = signal();
    client.once(Events.ShardReady, () => again.resolve());
    discord.dropGateway({ code: 'abort', resumable: false });
    await again.promise;
    expect(discord.log.of('gateway').filter(({ what }) => what === 'identified')).toHaveLength(2);
    expect(discord.log.of('gateway').filter(({ what }) => what === 'invalidated')).toHaveLength(1);
  });

  it('reconnects and resumes when it is asked to', async () => {
    const { discord } = await open();
    const client = await bot();
    const resumed = signal();
    client.once(Events.ShardResume, () => resumed.resolve());
    discord.askToReconnect();
    await resumed.promise;
    expect(client.isReady()).toBe(true);
  });

  it('reads what others write only with the message content intent', async () => {
    const { discord, mira, tavern } = await open();
    const heard = signal<Message>();
    await bot({ prepare: (client) => client.once(Events.MessageCreate, heard.resolve) });
    discord.as(mira, tavern).say('a secret');
    const message = await heard.promise;
    expect(message.content).toBe('');
    expect(message.author.username).toBe('mira');
    expect(message.member?.id).toBe(mira.id);
  });

  it('learns of new channels, changed permissions, and being thrown out', async () => {
    const { discord, guild, tavern } = await open();
    const client = await bot();
    const born = signal<string>();
    client.once(Events.ChannelCreate, (channel) => born.resolve(channel.name));
    discord.addChannel(guild, { name: 'forge' });
    expect(await born.promise).toBe('forge');

    const changed = signal();
    client.once(Events.ChannelUpdate, () => changed.resolve());
    discord.setOverwrite(tavern, discord.bot, { deny: ['SendMessages'] });
    await changed.promise;
    const channel = client.guilds.cache.get(guild.id)?.channels.cache.get(tavern.id);
    expect(channel?.permissionsFor(client.user)?.has('SendMessages')).toBe(false);

    const gone = signal<string>();
    client.once(Events.GuildDelete, ({ id }) => gone.resolve(id));
    discord.removeGuild(guild);
    expect(await gone.promise).toBe(guild.id);
    await expect(client.rest.get(`/guilds/${guild.id}`)).rejects.toMatchObject({ status: 403, code: 50001 });
  });

  it('hears of reactions', async () => {
    const { discord, mira, tobin, tavern } = await open();
    const heard = signal<string | null>();
    const written = signal();
    await bot({
      prepare: (client) => {
        client.once(Events.MessageCreate, () => written.resolve());
        client.once(Events.MessageReactionAdd, ({ emoji }) => heard.resolve(emoji.name));
      },
    });
    const message = discord.as(mira, tavern).say('look');
    await written.promise;
    discord.as(tobin, tavern).react(message, '🔥');
    expect(await heard.promise).toBe('🔥');
  });
});
