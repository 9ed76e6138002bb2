import {
  AttachmentBuilder,
  type Client,
  EmbedBuilder,
  type MessageMentionOptions,
  type TextChannel,
} from 'discord.js';
import {
  ApplicationCommandResponseSchema,
  GatewayBotResponseSchema,
  GuildChannelResponseSchema,
  GuildMemberResponseSchema,
  GuildRoleResponseSchema,
  GuildWithCountsResponseSchema,
  InteractionCallbackResponseSchema,
  MessageResponseSchema,
  PrivateApplicationResponseSchema,
  PrivateChannelResponseSchema,
  UserPIIResponseSchema,
  UserResponseSchema,
} from 'discord-api-spec/zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZodMiniType } from 'zod/mini';
import { logIn, setStage } from './stage.ts';

type Stage = Awaited<ReturnType<typeof setStage>>;
let stage: Stage;
let client: Client<true>;
let channel: TextChannel;
let now: number;

beforeEach(async () => {
  now = Date.parse('2030-01-01');
  stage = await setStage({ now: () => now, rateLimits: false });
  client = await logIn(stage.discord);
  channel = (await client.channels.fetch(stage.tavern.id)) as TextChannel; // The stage made it one.
});

afterEach(async () => {
  await client.destroy();
  await stage.discord.stop();
});

describe('channel messages', () => {
  it('are sent, read, listed, edited and deleted', async () => {
    const sent = await channel.send({ content: 'one', embeds: [new EmbedBuilder().setTitle('Title')] });
    await channel.send('two');
    await sent.edit({ content: 'one!', embeds: [] });
    const listed = await channel.messages.fetch({ limit: 10, cache: false });
    expect(listed.map(({ content }) => content)).toEqual(['two', 'one!']);
    await sent.delete();
    expect(stage.discord.messages(channel).map(({ content }) => content)).toEqual(['two']);
    await expect(channel.messages.fetch({ message: sent.id, force: true })).rejects.toMatchObject({
      code: 10008,
    });
  });

  it('carry files, which can be read again', async () => {
    const file = new AttachmentBuilder(Buffer.from('a map'), { name: 'map.txt', description: 'The way' });
    const sent = await channel.send({ files: [file] });
    const attachment = sent.attachments.first();
    expect(attachment).toMatchObject({ name: 'map.txt', description: 'The way', size: 5 });
    const answer = await fetch(attachment?.url ?? '');
    expect(await answer.text()).toBe('a map');
    expect(answer.headers.get('content-disposition')).toBe('attachment');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('sent again with the same enforced nonce are one message, for some minutes, per channel', async () => {
    const again = { content: 'rare!', nonce: 'announcement-1', enforceNonce: true };
    const first = await channel.send(again);
    const second = await channel.send({ ...again, content: 'something else' });
    expect(second.id).toBe(first.id);
    expect(stage.discord.messages(channel)).toHaveLength(1);
    const elsewhere = (await client.channels.fetch(stage.workshop.id)) as TextChannel; // The stage made it one.
    expect((await elsewhere.send(again)).id).not.toBe(first.id);
    expect((await channel.send({ content: 'rare!', nonce: 'announcement-1' })).id).not.toBe(first.id);
    now += 6 * 60_000;
    expect((await channel.send(again)).id).not.toBe(first.id);
  });

  it('ping whom they mention and allowed_mentions lets through', async () => {
    const role = stage.discord.addRole(stage.guild, { name: 'Smiths', mentionable: true });
    const content = `<@${stage.mira.id}> <@${stage.tobin.id}> <@&${role.id}> @everyone`;
    const pinged = async (allowedMentions?: MessageMentionOptions) => {
      const sent = await channel.send({ content, ...(allowedMentions ? { allowedMentions } : {}) });
      return stage.discord.directory.message(channel.id, sent.id)?.pinged;
    };
    const mira = stage.mira.id;
    const everybody = [mira, stage.tobin.id];
    expect(await pinged()).toEqual({ userIds: everybody, roleIds: [role.id], everyone: false });
    expect(await pinged({ parse: [] })).toEqual({ userIds: [], roleIds: [], everyone: false });
    expect(await pinged({ users: [mira] })).toEqual({ userIds: [mira], roleIds: [], everyone: false });
    stage.discord.setOverwrite(channel, stage.discord.bot, { allow: ['MentionEveryone'] });
    expect((await pinged({ parse: ['everyone'] }))?.everyone).toBe(true);
  });
});

describe('permissions', () => {
  const refused = (status: number, code: number) => ({ status, code });

  it('refuse sending with the code that says why', async () => {
    const { discord, tavern } = stage;
    discord.setOverwrite(tavern, discord.bot, { deny: ['SendMessages'] });
    await expect(channel.send('x')).rejects.toMatchObject(refused(403, 50013));
    discord.setOverwrite(tavern, discord.bot, { deny: ['ViewChannel'] });
    await expect(channel.send('x')).rejects.toMatchObject(refused(403, 50001));
    discord.setOverwrite(tavern, discord.bot, { deny: ['EmbedLinks'] });
    await expect(channel.send({ embeds: [{ title: 'x' }] })).rejects.toMatchObject(refused(403, 50013));
    discord.setOverwrite(tavern, discord.bot, { deny: ['AttachFiles'] });
    await expect(channel.send({ files: [Buffer.from('x')] })).rejects.toMatchObject(refused(403, 50013));
    discord.removeOverwrite(tavern, discord.bot);
    discord.setOverwrite(tavern, stage.guild.id, { deny: ['SendMessages'] });
    await expect(channel.send('x')).rejects.toMatchObject(refused(403, 50013));
    discord.setOverwrite(tavern, discord.bot, { allow: ['SendMessages'] });
    await expect(channel.send('x')).resolves.toBeDefined();
    discord.removeChannel(tavern);
    await expect(channel.send('x')).rejects.toMatchObject(refused(404, 10003));
    expect(discord.counters.invalid).toBe(5);
    expect(discord.counters.rateLimited).toBe(0);
  });

  it('hide the history and the messages of others', async () => {
    const { discord, tavern, mira } = stage;
    const theirs = discord.as(mira, tavern).say('mine');
    await expect(client.rest.delete(`/channels/${tavern.id}/messages/${theirs.id}`)).rejects.toMatchObject({
      code: 50013,
    });
    await expect(
      client.rest.patch(`/channels/${tavern.id}/messages/${theirs.id}`, { body: { content: 'ours' } }),
    ).rejects.toMatchObject({ code: 50005 });
    discord.setOverwrite(tavern, discord.bot, { deny: ['ReadMessageHistory'] });
    expect(await client.rest.get(`/channels/${tavern.id}/messages`)).toEqual([]);
  });

  it('let the bot write to people who have not closed their direct messages', async () => {
    const { discord, mira } = stage;
    const user = await client.users.fetch(mira.id);
    await user.send('done!');
    expect(discord.messages(discord.directChannel(mira)).map(({ content }) => content)).toEqual(['done!']);
    expect(discord.as(mira, discord.directChannel(mira)).messages).toHaveLength(1);
    discord.setDirectMessages(mira, false);
    await expect(user.send('again')).rejects.toMatchObject(refused(403, 50007));
    const stranger = discord.addUser({ name: 'Stranger' });
    const unknown = await client.users.fetch(stranger.id);
    await expect(unknown.send('hello')).rejects.toMatchObject(refused(403, 50007));
  });

  it('keep people out of channels that they do not see', () => {
    stage.discord.setOverwrite(stage.tavern, stage.mira, { deny: ['ViewChannel'] });
    expect(() => stage.discord.as(stage.mira, stage.tavern)).toThrow(/does not see/);
    stage.discord.setOverwrite(stage.tavern, stage.mira, { deny: ['SendMessages'] });
    expect(() => stage.discord.as(stage.mira, stage.tavern).say('x')).toThrow(/may not write/);
  });
});

describe("this Discord's own answers", () => {
  const get = (path: `/${string}`) => client.rest.get(path);

  it.each<[string, ZodMiniType, () => Promise<unknown>]>([
    ['user', UserResponseSchema, () => get(`/users/${stage.mira.id}`)],
    ['own user', UserPIIResponseSchema, () => get('/users/@me')],
    ['application', PrivateApplicationResponseSchema, () => get('/applications/@me')],
    ['gateway', GatewayBotResponseSchema, () => get('/gateway/bot')],
    ['server', GuildWithCountsResponseSchema, () => get(`/guilds/${stage.guild.id}?with_counts=true`)],
    ['channel', GuildChannelResponseSchema, () => get(`/channels/${stage.tavern.id}`)],
    ['member', GuildMemberResponseSchema, () => get(`/guilds/${stage.guild.id}/members/${stage.mira.id}`)],
    [
      'role',
      GuildRoleResponseSchema,
      async () => ((await get(`/guilds/${stage.guild.id}/roles`)) as unknown[])[0], // Discord answers a list.
    ],
    [
      'direct channel',
      PrivateChannelResponseSchema,
      () => client.rest.post('/users/@me/channels', { body: { recipient_id: stage.mira.id } }),
    ],
    [
      'command',
      ApplicationCommandResponseSchema,
      () =>
        client.rest.post(`/applications/${client.user.id}/commands`, {
          body: {
            name: 'craft',
            description: 'x',
            default_member_permissions: '32',
            options: [{ type: 3, name: 'recipe', description: 'x', autocomplete: true, required: true }],
          },
        }),
    ],
    [
      'message',
      MessageResponseSchema,
      () => client.rest.post(`/channels/${stage.tavern.id}/messages`, { body: EVERYTHING }),
    ],
    [
      'modern message',
      MessageResponseSchema,
      () => client.rest.post(`/channels/${stage.tavern.id}/messages`, { body: MODERN }),
    ],
  ])('fit the published description: %s', async (_what, schema, ask) => {
    const result = schema.safeParse(await ask());
    expect(result.error?.issues).toBeUndefined();
  });

  it('fit the published description: the response to a callback', async () => {
    await client.rest.put(`/applications/${client.user.id}/commands`, {
      body: [{ name: 'craft', description: 'x' }],
    });
    const answered = new Promise<unknown>((resolve) => {
      client.once('interactionCreate', ({ id, token }) => {
        const path = `/interactions/${id}/${token}/callback` as const;
        const query = new URLSearchParams({ with_response: 'true' });
        resolve(client.rest.post(path, { query, auth: false, body: { type: 4, data: { content: 'x' } } }));
      });
    });
    stage.discord.as(stage.mira, stage.workshop).command('/craft');
    expect(InteractionCallbackResponseSchema.safeParse(await answered).error?.issues).toBeUndefined();
  });
});

const EVERYTHING = {
  content: 'Look',
  nonce: 'n',
  embeds: [
    {
      title: 'Title',
      description: 'Text',
      url: 'https://example.com',
      color: 1,
      timestamp: '2030-01-01T00:00:00.000Z',
      fields: [{ name: 'a', value: 'b' }],
      author: { name: 'Mira', icon_url: 'https://example.com/i.png' },
      footer: { text: 'foot' },
      thumbnail: { url: 'https://example.com/t.png' },
      image: { url: 'https://example.com/p.png' },
    },
  ],
  components: [
    {
      type: 1,
      components: [
        { type: 2, style: 1, custom_id: 'a', label: 'A', emoji: { name: '🔥' } },
        { type: 2, style: 5, url: 'https://example.com', label: 'B' },
      ],
    },
    { type: 1, components: [{ type: 3, custom_id: 's', options: [{ label: 'l', value: 'v' }] }] },
    { type: 1, components: [{ type: 5, custom_id: 'u' }] },
  ],
};

const MODERN = {
  flags: 1 << 15,
  components: [
    {
      type: 17,
      components: [
        { type: 10, content: '# Hello' },
        { type: 14 },
        {
          type: 9,
          components: [{ type: 10, content: 'x' }],
          accessory: { type: 11, media: { url: 'https://example.com/t.png' } },
        },
        { type: 12, items: [{ media: { url: 'https://example.com/t.png' } }] },
        { type: 1, components: [{ type: 2, style: 2, custom_id: 'b', label: 'B' }] },
      ],
    },
  ],
};
