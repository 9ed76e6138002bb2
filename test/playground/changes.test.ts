import { type Client, Events, PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelCalled, openPage, serverCalled } from './onPage.ts';
import { logIn } from './stage.ts';

let stage: Awaited<ReturnType<typeof openPage>>;
let client: Client<true>;

beforeEach(async () => {
  stage = await openPage();
  client = await logIn(stage.discord, { commands: [{ name: 'craft', description: 'Make something' }] });
});

afterEach(async () => {
  await client.destroy();
  await stage.close();
});

/** What the bot is told, the next time it is told of it. */
function next(event: 'guildCreate' | 'guildDelete' | 'channelCreate' | 'channelDelete' | 'roleUpdate') {
  return new Promise<{ readonly id: string }>((resolve) => {
    client.once(event as Events.GuildCreate, (thing: { readonly id: string }) => resolve(thing)); // Each has an id.
  });
}

describe('the world', () => {
  it('has the servers somebody is in, and of them the channels they see', async () => {
    const { discord, anvil, world } = stage;
    discord.addGuild({ name: 'The Bellows', owner: anvil.tobin });
    discord.setOverwrite(anvil.tavern, anvil.mira, { deny: ['ViewChannel'] });
    const mira = await world(anvil.mira.id);
    expect(mira).toMatchObject({ me: anvil.mira.id, bot: { state: 'starting' } });
    expect(mira.servers.map(({ name }) => name)).toEqual(['The Anvil']);
    expect(mira.servers[0]?.channels.map(({ name }) => name)).toEqual(['workshop', 'announcements']);
    const tobin = await world(anvil.tobin.id);
    expect(tobin.servers.map(({ name, hasBot }) => [name, hasBot])).toEqual([
      ['The Anvil', true],
      ['The Bellows', true],
    ]);
  });

  it('is shown without servers to who is nobody yet', async () => {
    const { world, anvil } = stage;
    const nobody = await world('');
    expect(nobody).toMatchObject({ me: null, servers: [], direct: null });
    const { id } = anvil.greta;
    expect(nobody.people.find((person) => person.id === id)).toMatchObject({
      name: 'Greta',
      bot: false,
      locale: 'de',
      acceptsDirectMessages: true,
    });
  });

  it('says who may write where, and what the bot may not do', async () => {
    const { discord, anvil, world } = stage;
    discord.setOverwrite(anvil.workshop, anvil.guild, { deny: ['SendMessages'] });
    const server = serverCalled(await world(anvil.mira.id), 'The Anvil');
    expect(channelCalled(server, 'workshop')).toMatchObject({ mayWrite: false, denied: ['SendMessages'] });
    expect(channelCalled(server, 'tavern')).toMatchObject({ mayWrite: true, denied: [] });
    const odette = serverCalled(await world(anvil.odette.id), 'The Anvil');
    expect(channelCalled(odette, 'workshop').mayWrite).toBe(true);
    expect(odette.roles).toContainEqual({
      id: expect.any(String),
      name: 'Guildmaster',
      color: 0xe0a030,
      managed: false,
      permissions: ['ManageGuild'],
    });
  });
});

describe('what is added', () => {
  it('is somebody new, who can be anybody at once', async () => {
    const { anvil, change, world, tell, discord } = stage;
    const { personId = '', serverId } = await change('person', {
      name: '  Wren ',
      server: anvil.guild.id,
      roles: ['1200000000000000010'],
      locale: 'de',
    });
    expect(serverId).toBe(anvil.guild.id);
    const seen = await world(personId);
    expect(seen.people).toContainEqual(expect.objectContaining({ name: 'Wren', locale: 'de' }));
    expect(serverCalled(seen, 'The Anvil').members).toContainEqual({
      userId: personId,
      roleIds: ['1200000000000000010'],
    });
    await tell('say', { as: personId, channel: anvil.workshop.id, content: 'hello' });
    expect(discord.messages(anvil.workshop)).toMatchObject([{ content: 'hello', authorId: personId }]);
  });

  it('is a server, which the bot joins with a channel to greet in', async () => {
    const { anvil, change, world } = stage;
    const joined = next('guildCreate');
    const { serverId = '', channelId } = await change('server', {
      name: 'The Bellows',
      owner: anvil.tobin.id,
    });
    expect((await joined).id).toBe(serverId);
    expect(client.guilds.cache.get(serverId)?.systemChannelId).toBe(channelId);
    expect(serverCalled(await world(anvil.tobin.id), 'The Bellows')).toMatchObject({
      ownerId: anvil.tobin.id,
      hasBot: true,
      channels: [{ name: 'general', mayWrite: true }],
    });
  });

  it('is an announcement channel, for the bot too', async () => {
    const { anvil, change, world } = stage;
    const told = next('channelCreate');
    const { channelId } = await change('channel', { server: anvil.guild.id, name: 'herald', type: 5 });
    expect(await told).toMatchObject({ id: channelId, type: 5 });
    const { channels } = serverCalled(await world(anvil.mira.id), 'The Anvil');
    expect(channels.map(({ type }) => type)).toEqual([0, 0, 0, 5]);
    expect(await change('channel', { server: anvil.guild.id, name: 'stage', type: 13 })).toHaveProperty(
      'refused',
    );
  });

  it.each([
    ['War Room!', 'war-room'],
    [' -- Äpfel  und_Birnen -- ', 'äpfel-und_birnen'],
    ['🔥 hot', '🔥-hot'],
  ])('is a channel: "%s" is called #%s', async (typed, name) => {
    const { anvil, change, world } = stage;
    const told = next('channelCreate');
    const { channelId } = await change('channel', { server: anvil.guild.id, name: typed, topic: 'News' });
    expect((await told).id).toBe(channelId);
    const channel = channelCalled(serverCalled(await world(anvil.mira.id), 'The Anvil'), name);
    expect(channel).toMatchObject({ id: channelId, topic: 'News' });
  });

  it('is a role, which somebody is then given', async () => {
    const { anvil, change, world } = stage;
    const server = anvil.guild.id;
    const { roleId = '' } = await change('role', { server, name: 'Crier', permissions: ['ManageMessages'] });
    await change('roles', { server, person: anvil.mira.id, roles: [roleId] });
    const { roles, members } = serverCalled(await world(anvil.mira.id), 'The Anvil');
    expect(roles).toContainEqual(expect.objectContaining({ name: 'Crier', permissions: ['ManageMessages'] }));
    expect(members).toContainEqual({ userId: anvil.mira.id, roleIds: [roleId] });
  });

  it.each([
    ['person', { name: '' }, 'A name has 1 to 32 characters, this one has 0'],
    ['person', { name: 'x'.repeat(33) }, 'A name has 1 to 32 characters, this one has 33'],
    ['person', { name: 'a@b' }, 'A name has no @, # or : and no ``` in it'],
    ['person', { name: 'Everyone' }, 'Discord lets nobody be called "Everyone"'],
    ['person', { name: 'mira' }, 'Somebody is called Mira already'],
    ['person', { name: 'Wren', server: '1' }, 'There is no such server any more'],
    [
      'server',
      { name: 'x', owner: '1200000000000001001' },
      'A server’s name has 2 to 100 characters, this one has 1',
    ],
    ['server', { name: 'Robots', owner: '1100000000000000001' }, 'A server belongs to a person'],
    [
      'channel',
      { server: '1200000000000000000', name: '!!!' },
      'A channel’s name has 1 to 100 characters, this one has 0',
    ],
    [
      'channel',
      { server: '1200000000000000000', name: 'x', topic: 'x'.repeat(1025) },
      /0 to 1024 characters/,
    ],
    ['role', { server: '1200000000000000000', name: '@here' }, 'Discord has a role @here of its own'],
    ['role', { server: '1200000000000000000', name: 'x', permissions: ['Fly'] }, /makes no sense/],
    ['directMessages', { person: '1100000000000000001', open: true }, /^Bots get no direct messages/],
  ])('is refused in words when it cannot be: %s %j', async (what, body, words) => {
    const before = await stage.world(stage.anvil.mira.id);
    const { refused } = await stage.change(what, body);
    expect(refused).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
    expect(await stage.world(stage.anvil.mira.id)).toEqual(before);
  });
});

describe('what is changed', () => {
  it('is what a role may do, everywhere or in one channel', async () => {
    const { anvil, change, world } = stage;
    const [server, channel] = [anvil.guild.id, anvil.tavern.id];
    const mayWrite = async () =>
      channelCalled(serverCalled(await world(anvil.mira.id), 'The Anvil'), 'tavern').mayWrite;
    const permission = { channel, target: server, permission: 'SendMessages' };
    await change('permission', { ...permission, allowed: false });
    expect(await mayWrite()).toBe(false);
    await change('permission', { ...permission, permission: 'AttachFiles', allowed: true });
    expect(await mayWrite()).toBe(false);
    await change('permission', { ...permission, allowed: null });
    expect(await mayWrite()).toBe(true);
    const changed = next('roleUpdate');
    await change('rolePermissions', { server, role: server, permissions: ['ViewChannel'] });
    expect((await changed).id).toBe(server);
    expect(await mayWrite()).toBe(false);
  });

  it('is what the bot may do in a channel, and the bot knows', async () => {
    const { anvil, change, world, discord } = stage;
    const told = new Promise<void>((resolve) => client.once(Events.ChannelUpdate, () => resolve()));
    await change('permission', {
      channel: anvil.tavern.id,
      target: discord.applicationId,
      permission: 'SendMessages',
      allowed: false,
    });
    await told;
    const channel = await client.channels.fetch(anvil.tavern.id);
    if (!channel || !('permissionsFor' in channel)) throw new Error('the tavern is a channel of a server');
    expect(channel.permissionsFor(client.user)?.has(PermissionFlagsBits.SendMessages)).toBe(false);
    const server = serverCalled(await world(anvil.mira.id), 'The Anvil');
    expect(channelCalled(server, 'tavern').denied).toEqual(['SendMessages']);
  });

  it('is who is there: somebody leaves, sees nothing any more, and is invited again', async () => {
    const { anvil, change, world, contents } = stage;
    const who = { server: anvil.guild.id, person: anvil.tobin.id };
    expect(await change('leave', who)).toMatchObject({ kind: 'changed' });
    expect((await world(anvil.tobin.id)).servers).toEqual([]);
    expect(await contents(anvil.tobin.id, anvil.workshop.id)).toHaveProperty('refused');
    expect(await change('leave', who)).toEqual({ refused: 'Tobin is not in The Anvil' });
    await change('invite', who);
    expect((await world(anvil.tobin.id)).servers).toHaveLength(1);
    expect(await change('invite', who)).toEqual({ refused: 'Tobin is in The Anvil already' });
    expect(await change('leave', { ...who, person: anvil.odette.id })).toEqual({
      refused: 'The Anvil belongs to Odette, and owners cannot leave',
    });
  });

  it('is whether the bot is there; of a server without it, it hears nothing', async () => {
    const { anvil, change, world, contents, discord } = stage;
    const who = { server: anvil.guild.id, person: discord.applicationId };
    const left = next('guildDelete');
    await change('leave', who);
    expect((await left).id).toBe(anvil.guild.id);
    const mark = discord.mark();
    const { personId = '' } = await change('person', { name: 'Wren', server: anvil.guild.id });
    await change('role', { server: anvil.guild.id, name: 'Crier' });
    await change('roles', { server: anvil.guild.id, person: personId, roles: [] });
    expect(discord.log.entries.filter(({ kind, seq }) => kind === 'dispatch' && seq > mark)).toEqual([]);
    expect(serverCalled(await world(personId), 'The Anvil')).toMatchObject({ hasBot: false });
    expect(await contents(personId, anvil.workshop.id)).toMatchObject({ commands: [] });
    const joined = next('guildCreate');
    await change('invite', who);
    expect((await joined).id).toBe(anvil.guild.id);
    expect(await contents(personId, anvil.workshop.id)).toMatchObject({ commands: [{ name: 'craft' }] });
  });

  it('keeps the role that Discord made for the bot, which nobody else is given', async () => {
    const { anvil, change, discord } = stage;
    const own = (BigInt(anvil.guild.id) + 1n).toString();
    const server = anvil.guild.id;
    await change('roles', { server, person: discord.applicationId, roles: ['1200000000000000010'] });
    expect(discord.directory.member(server, discord.applicationId)?.roleIds).toEqual(
      new Set(['1200000000000000010', own]),
    );
    expect(await change('roles', { server, person: anvil.mira.id, roles: [own] })).toEqual({
      refused: 'Nobody can be given Forgeling',
    });
  });

  it('is a channel that goes', async () => {
    const { anvil, change, world } = stage;
    const told = next('channelDelete');
    await change('removeChannel', { channel: anvil.tavern.id });
    expect((await told).id).toBe(anvil.tavern.id);
    const { channels } = serverCalled(await world(anvil.mira.id), 'The Anvil');
    expect(channels.map(({ name }) => name)).toEqual(['workshop', 'announcements']);
    expect(await change('removeChannel', { channel: anvil.tavern.id })).toEqual({
      refused: 'There is no such channel any more',
    });
  });

  it('is whether somebody takes direct messages', async () => {
    const { anvil, change, world } = stage;
    await change('directMessages', { person: anvil.mira.id, open: false });
    const { people } = await world(anvil.tobin.id);
    expect(people.find(({ id }) => id === anvil.mira.id)?.acceptsDirectMessages).toBe(false);
    await expect((await client.users.fetch(anvil.mira.id)).send('psst')).rejects.toMatchObject({
      code: 50007,
    });
  });

  it('is told to every page at once', async () => {
    const { anvil, change, listen } = stage;
    const heard = await listen(anvil.tobin.id);
    await change('person', { name: 'Wren' });
    await heard.until('event: places');
    heard.end();
  });
});
