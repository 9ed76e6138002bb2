import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeptPlaces } from '../../playground/keptPlaces.ts';
import { temporaryFolder } from '../support/game.ts';
import { channelCalled, openPage, serverCalled } from './onPage.ts';
import { logIn } from './stage.ts';

let path: string;

beforeEach(() => {
  path = join(temporaryFolder('places'), 'world', 'places.json');
});

/** A playground's Discord that keeps its places; `end` is its orderly end. */
async function open() {
  const said: string[] = [];
  const stage = await openPage();
  const kept = new KeptPlaces(stage.discord, path, (words) => said.push(words));
  const end = async () => {
    kept.close();
    await stage.close();
  };
  return { ...stage, said, end };
}

describe('people, servers and channels', () => {
  it('are the same after a restart of the playground', async () => {
    const before = await open();
    const { anvil, change, discord } = before;
    const server = anvil.guild.id;
    const { roleId = '' } = await change('role', { server, name: 'Crier', permissions: ['ManageMessages'] });
    const { personId = '' } = await change('person', { name: 'Wren', server, roles: [roleId] });
    const { serverId = '' } = await change('server', { name: 'The Bellows', owner: personId });
    await change('channel', { server, name: 'war room', topic: 'Hush', type: 5 });
    await change('removeChannel', { channel: anvil.tavern.id });
    await change('leave', { server, person: anvil.tobin.id });
    await change('leave', { server, person: discord.applicationId });
    await change('directMessages', { person: anvil.mira.id, open: false });
    await change('direct', { person: anvil.mira.id });
    const target = { channel: anvil.workshop.id, target: roleId, permission: 'AttachFiles' };
    await change('permission', { ...target, allowed: false });
    const worlds = await Promise.all([personId, anvil.mira.id, anvil.tobin.id].map(before.world));
    await before.end();

    const after = await open();
    expect(await Promise.all([personId, anvil.mira.id, anvil.tobin.id].map(after.world))).toEqual(worlds);
    expect(
      channelCalled(serverCalled(await after.world(personId), 'The Anvil'), 'workshop').overwrites,
    ).toEqual([{ id: roleId, allow: [], deny: ['AttachFiles'] }]);
    const client = await logIn(after.discord);
    expect([...client.guilds.cache.keys()]).toEqual([serverId]);
    await client.destroy();
    await after.end();
  });

  it('are those that were kept when every channel was a text channel', async () => {
    const before = await open();
    const { personId = '' } = await before.change('person', { name: 'Wren', server: before.anvil.guild.id });
    const world = await before.world(personId);
    await before.end();
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(/"type": 0,\s*"guildId"/g, '"guildId"'));
    const after = await open();
    expect(await after.world(personId)).toEqual(world);
    expect(after.said).toEqual([]);
    await after.end();
  });

  it('are kept without an orderly end', async () => {
    const before = await open();
    const { personId = '' } = await before.change('person', { name: 'Wren' });
    const after = await open();
    expect(await after.world(personId)).toMatchObject({ me: personId });
    await before.end();
    await after.end();
  });

  it('begin anew when what was kept cannot be read, which is put aside', async () => {
    const first = await open();
    await first.change('person', { name: 'Wren' });
    await first.end();
    await writeFile(path, '{"users":');
    const second = await open();
    expect(second.said).toEqual([
      `The kept people and servers cannot be read; they were put aside in ${path}.unreadable`,
    ]);
    expect((await second.world(second.anvil.mira.id)).servers).toHaveLength(1);
    await access(`${path}.unreadable`);
    await second.end();
  });
});
