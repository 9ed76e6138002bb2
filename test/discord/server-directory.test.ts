import { container } from '@sapphire/framework';
import { ChannelType } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../support/game.ts';
import { BOT, channel, deny, role, SMITHY, SpokenGateway, thread } from '../support/gateway.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';

const NEWS = '800000000000000009';
const THREAD = '800000000000000010';
const HELPERS = '600000000000000002';

let bench: PieceBench;
let gateway: SpokenGateway;

beforeEach(async () => {
  bench = await createPieceBench();
  gateway = new SpokenGateway();
  gateway.greet(SMITHY);
});

const directory = () => container.serverDirectory;
const lacking = (channelId = NEWS) =>
  directory()
    .wantedIn(channelId)
    ?.filter(({ isGranted }) => !isGranted)
    .map(({ name }) => name);

describe('the bot in a channel', () => {
  test('may write where nothing takes that away', () => {
    gateway.describe({ channels: [channel(NEWS)] });
    expect([directory().problemIn(NEWS), directory().isWritable(NEWS), lacking()]).toEqual([
      undefined,
      true,
      [],
    ]);
  });

  test('is told what its roles lack, and what only the channel takes away', () => {
    gateway.describe({
      everyone: ['ViewChannel', 'SendMessages', 'ReadMessageHistory'],
      channels: [channel(NEWS, [deny(BOT, 'SendMessages')])],
    });
    expect(directory().problemIn(NEWS)).toBe('missingPermissions');
    expect(directory().wantedIn(NEWS)).toEqual([
      { name: 'ViewChannel', isGranted: true, isGrantedInServer: true },
      { name: 'SendMessages', isGranted: false, isGrantedInServer: true },
      { name: 'EmbedLinks', isGranted: false, isGrantedInServer: false },
      { name: 'ReadMessageHistory', isGranted: true, isGrantedInServer: true },
    ]);
  });

  test('that it cannot see may do nothing there', () => {
    gateway.describe({ channels: [channel(NEWS, [deny(SMITHY, 'ViewChannel')])] });
    expect(directory().problemIn(NEWS)).toBe('missingAccess');
    expect(lacking()).toEqual(['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory']);
  });

  test.each([
    ['owns the server', { owner: BOT }],
    ['is an administrator', { roles: [role(HELPERS, ['Administrator'])], ownRoles: [HELPERS] }],
  ])('may write everywhere when it %s', (_why, smithy) => {
    const channels = [channel(NEWS, [deny(BOT, 'ViewChannel', 'SendMessages')])];
    gateway.describe({ ...smithy, channels, timedOutUntil: bench.clock.now() + HOUR });
    expect([directory().problemIn(NEWS), lacking()]).toEqual([undefined, []]);
    expect(directory().timedOutUntil(SMITHY)).toBeUndefined();
  });

  test('of voices has to be let in to write', () => {
    gateway.describe({ channels: [channel(NEWS, [deny(BOT, 'Connect')], ChannelType.GuildVoice)] });
    expect([directory().problemIn(NEWS), lacking()]).toEqual(['missingPermissions', ['Connect']]);
  });

  test('may not write anywhere while it is timed out, and may when that is over', () => {
    gateway.describe({ channels: [channel(NEWS)], timedOutUntil: bench.clock.now() + HOUR });
    expect([directory().problemIn(NEWS), lacking()]).toEqual(['refused', []]);
    expect(directory().timedOutUntil(SMITHY)).toBe(bench.clock.now() + HOUR);
    bench.clock.advance(HOUR);
    expect([directory().problemIn(NEWS), directory().timedOutUntil(SMITHY)]).toEqual([undefined, undefined]);
  });

  test('is certain of nothing while Discord cannot reach the server', () => {
    gateway.describe({ channels: [channel(NEWS)] });
    gateway.say('GUILD_DELETE', { id: SMITHY, unavailable: true });
    expect(directory().isWritable(NEWS)).toBe(false);
  });

  test('that was deleted while it was away is not there any more', () => {
    gateway.describe({ channels: [channel(NEWS), channel(THREAD)] });
    gateway.greet(SMITHY);
    gateway.describe({ channels: [channel(THREAD)] });
    expect(directory().channel(SMITHY, NEWS)).toBeUndefined();
    expect([directory().isWritable(NEWS), directory().isWritable(THREAD)]).toEqual([false, true]);
    expect(directory().wantedIn(NEWS)).toBeUndefined();
  });

  test('of another server is none of this one', () => {
    gateway.describe({ channels: [channel(NEWS)] });
    expect(directory().channel('900000000000000002', NEWS)).toBeUndefined();
    expect(directory().channel(SMITHY, NEWS)?.name).toBe('news');
  });

  test('knows whose that is, also once it is deleted, and nothing of one that it was never told of', () => {
    gateway.describe({ channels: [channel(NEWS)], threads: [thread(THREAD, NEWS)] });
    expect([directory().homeOf(NEWS), directory().homeOf(THREAD)]).toEqual([SMITHY, SMITHY]);
    expect(directory().homeOf('800000000000000011')).toBeUndefined();
    gateway.greet(SMITHY);
    gateway.describe({ channels: [channel(THREAD)] });
    expect(directory().homeOf(NEWS)).toBe(SMITHY);
  });

  test('that it knows nothing of may not be read: an empty history would prove nothing', () => {
    gateway.describe({ channels: [channel(NEWS)] });
    expect([directory().mayReadHistory(NEWS), directory().mayReadHistory(THREAD)]).toEqual([true, false]);
  });
});

describe('the bot in a thread', () => {
  const inThread = (
    state: Parameters<typeof thread>[2],
    ...overwrites: Parameters<typeof channel>[1] & object
  ) => {
    gateway.describe({ channels: [channel(NEWS, overwrites)], threads: [thread(THREAD, NEWS, state)] });
    return directory().problemIn(THREAD);
  };

  test('needs a permission of its own to write, and not the one for the channel', () => {
    expect(inThread({}, deny(BOT, 'SendMessages'))).toBeUndefined();
    gateway.say('CHANNEL_UPDATE', channel(NEWS, [deny(BOT, 'SendMessagesInThreads')]));
    expect([directory().problemIn(THREAD), lacking(THREAD)]).toEqual([
      'missingPermissions',
      ['SendMessagesInThreads'],
    ]);
  });

  test.each([
    ['archived', { archived: true }, undefined],
    ['archived and locked', { archived: true, locked: true }, 'refused'],
    ['private, and others have joined it', { isPrivate: true }, 'missingAccess'],
    ['private, and it has joined it', { isPrivate: true, joined: true }, undefined],
  ] as const)('that is %s', (_what, state, problem) => {
    expect(inThread(state)).toBe(problem);
  });

  test('of a channel that it knows nothing of has to ask Discord', () => {
    gateway.describe({ channels: [channel(NEWS)], threads: [thread(THREAD, NEWS)] });
    gateway.say('CHANNEL_DELETE', channel(NEWS));
    gateway.say('THREAD_CREATE', thread('800000000000000011', NEWS));
    expect(directory().problemIn('800000000000000011')).toBeUndefined();
    expect(directory().isWritable('800000000000000011')).toBe(false);
  });
});
