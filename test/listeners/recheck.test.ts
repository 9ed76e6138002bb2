import { container } from '@sapphire/framework';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OutletProblem } from '../../src/game/announcements/outlets.table.ts';
import { HOUR } from '../support/game.ts';
import { BOT, channel, deny, role, SMITHY, SpokenGateway, thread } from '../support/gateway.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';

const NEWS = '800000000000000009';
const THREAD = '800000000000000010';
const SILENCED = '600000000000000002';
const HEARD = '600000000000000003';

let bench: PieceBench;
let gateway: SpokenGateway;

beforeEach(async () => {
  bench = await createPieceBench();
  gateway = new SpokenGateway();
  gateway.greet(SMITHY);
});

function pause(id: string, problem: OutletProblem, detail: string | null = null): void {
  bench.act((tx) => bench.game.outlets.pause(tx, id, SMITHY, { problem, detail, isOfConcern: true }));
}

/** Whether the bot goes on in a channel: it is not paused any more, and is looked at now. */
function goesOn(id = NEWS): boolean {
  const { game, world, clock } = bench;
  const dueAt = world.outbox.find(`discordNotify:${id}`)?.runAt;
  return game.outlets.isOpen(world.reader, id) && dueAt !== undefined && dueAt <= clock.now();
}

describe('the bot goes on in a paused channel', () => {
  test('when the channel lets it write again, and not before', () => {
    gateway.describe({ channels: [channel(NEWS, [deny(BOT, 'SendMessages', 'EmbedLinks')])] });
    pause(NEWS, 'missingPermissions');
    gateway.say('CHANNEL_UPDATE', channel(NEWS, [deny(BOT, 'SendMessages')]));
    expect(goesOn()).toBe(false);
    gateway.say('CHANNEL_UPDATE', channel(NEWS));
    expect(goesOn()).toBe(true);
  });

  test('when a role lets it write again', () => {
    gateway.describe({ everyone: ['ViewChannel'], channels: [channel(NEWS)] });
    pause(NEWS, 'missingPermissions');
    const everyone = role(SMITHY, ['ViewChannel', 'SendMessages', 'EmbedLinks']);
    gateway.say('GUILD_ROLE_UPDATE', { guild_id: SMITHY, role: everyone });
    expect(goesOn()).toBe(true);
  });

  test('when a role is deleted that kept it from writing', () => {
    gateway.describe({
      roles: [role(SILENCED, [])],
      ownRoles: [SILENCED],
      channels: [channel(NEWS, [deny(SILENCED, 'SendMessages')])],
    });
    pause(NEWS, 'missingPermissions');
    gateway.say('GUILD_ROLE_DELETE', { guild_id: SMITHY, role_id: SILENCED });
    expect(goesOn()).toBe(true);
  });

  test('when it is given a role with which it may write', () => {
    const roles = [role(HEARD, ['SendMessages', 'EmbedLinks'])];
    gateway.describe({ everyone: ['ViewChannel'], roles, channels: [channel(NEWS)] });
    pause(NEWS, 'missingPermissions');
    gateway.changeMember([HEARD]);
    expect(goesOn()).toBe(true);
  });

  test('when its timeout is taken back', () => {
    const timedOutUntil = bench.clock.now() + HOUR;
    gateway.describe({ channels: [channel(NEWS)], timedOutUntil });
    pause(NEWS, 'refused');
    gateway.say('CHANNEL_UPDATE', channel(NEWS));
    expect(goesOn()).toBe(false);
    gateway.changeMember([]);
    expect(goesOn()).toBe(true);
  });

  test('when the channel comes into sight', () => {
    gateway.describe({});
    pause(NEWS, 'channelGone');
    gateway.say('CHANNEL_CREATE', channel(NEWS));
    expect(goesOn()).toBe(true);
  });

  test('when Discord can reach the server again', () => {
    gateway.describe({ channels: [channel(NEWS)] });
    gateway.say('GUILD_DELETE', { id: SMITHY, unavailable: true });
    pause(NEWS, 'missingAccess');
    gateway.say('CHANNEL_UPDATE', channel(NEWS));
    expect(goesOn()).toBe(false);
    gateway.describe({ channels: [channel(NEWS)] });
    expect(goesOn()).toBe(true);
  });

  test('when it starts, where something has changed meanwhile', async () => {
    gateway.describe({ channels: [channel(NEWS)] });
    pause(NEWS, 'missingPermissions');
    await bench.listener('recheckWhenReady').run();
    expect(goesOn()).toBe(true);
  });
});

describe('the bot goes on in a paused thread', () => {
  test('when the thread is unlocked', () => {
    const locked = thread(THREAD, NEWS, { archived: true, locked: true });
    gateway.describe({ channels: [channel(NEWS)], threads: [locked] });
    pause(THREAD, 'refused');
    gateway.say('THREAD_UPDATE', thread(THREAD, NEWS));
    expect(goesOn(THREAD)).toBe(true);
  });

  test('when it is added to the thread', () => {
    gateway.describe({ channels: [channel(NEWS)] });
    pause(THREAD, 'missingAccess');
    gateway.say('THREAD_CREATE', thread(THREAD, NEWS, { isPrivate: true, joined: true }));
    expect(goesOn(THREAD)).toBe(true);
  });

  test('when it may see the channel again', () => {
    gateway.describe({ channels: [channel(NEWS)] });
    pause(THREAD, 'missingAccess');
    const threads = [thread(THREAD, NEWS)];
    gateway.say('THREAD_LIST_SYNC', { guild_id: SMITHY, channel_ids: [NEWS], threads, members: [] });
    expect(goesOn(THREAD)).toBe(true);
  });
});

test('what Discord refused for a reason of its own is not tried again at every change in the server', () => {
  gateway.describe({ channels: [channel(NEWS)] });
  pause(NEWS, 'refused', 'Cannot send messages in this channel');
  gateway.say('CHANNEL_UPDATE', channel(THREAD));
  gateway.say('CHANNEL_UPDATE', channel(NEWS));
  expect(goesOn()).toBe(false);
});

describe('a server that the bot lost while it was not connected', () => {
  const hasLeft = () => bench.game.servers.hasLeft(bench.world.reader, SMITHY);

  beforeEach(() => {
    gateway.describe({ channels: [channel(NEWS)] });
    bench.act((tx) =>
      bench.game.players.ensure(tx, {
        guildId: SMITHY,
        userId: '100000000000000001',
        channelId: NEWS,
        locale: 'de',
      }),
    );
    gateway.greet();
  });

  test('is noted as left, and nothing is known of it any more', () => {
    expect([hasLeft(), container.serverDirectory.server(SMITHY)]).toEqual([true, undefined]);
    expect(container.serverDirectory.isWritable(NEWS)).toBe(false);
  });

  test('is noticed when the bot comes back, with what it looks like then', () => {
    gateway.describe({ channels: [channel(NEWS, [deny(BOT, 'SendMessages')])] });
    expect(hasLeft()).toBe(false);
    expect(container.serverDirectory.problemIn(NEWS)).toBe('missingPermissions');
  });
});
