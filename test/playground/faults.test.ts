import { type Client, DiscordAPIError, HTTPError, type TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logIn, setStage, signal } from './stage.ts';

const SEND = 'POST /channels/*/messages';

let stage: Awaited<ReturnType<typeof setStage>>;
let client: Client<true>;
let channel: TextChannel;

beforeEach(async () => {
  stage = await setStage({ rateLimits: false });
  client = await logIn(stage.discord, { options: { rest: { retries: 0, timeout: 60_000 } } });
  channel = (await client.channels.fetch(stage.tavern.id)) as TextChannel; // The stage made it one.
});

afterEach(async () => {
  await client.destroy();
  await stage.discord.stop();
});

const said = () => stage.discord.messages(channel).map(({ content }) => content);

describe('a fault', () => {
  it.each([
    [403, 50013],
    [404, 10003],
  ])('answers %i with code %i, as often as it was told to', async (status, code) => {
    stage.discord.faults.answer(SEND, { status, code, message: 'so it is' }, { times: 1 });
    await expect(channel.send('one')).rejects.toMatchObject({ status, code, message: 'so it is' });
    await channel.send('two');
    expect(said()).toEqual(['two']);
  });

  it('answers 500 until it is removed', async () => {
    const fault = stage.discord.faults.answer(SEND, { status: 500 });
    await expect(channel.send('one')).rejects.toBeInstanceOf(HTTPError);
    await expect(channel.send('two')).rejects.toBeInstanceOf(HTTPError);
    expect(fault.hits).toBe(2);
    fault.remove();
    await channel.send('three');
    expect(said()).toEqual(['three']);
  });

  it('answers 429 with the time to wait, which is not counted as earned', async () => {
    stage.discord.faults.answer(SEND, { status: 429, retryAfter: 0.01 }, { times: 1 });
    await channel.send('after a moment');
    expect(stage.discord.counters).toMatchObject({ rateLimited: 0, invalid: 1 });
    expect(said()).toEqual(['after a moment']);
  });

  it('is only for the requests that it names', async () => {
    stage.discord.faults.answer(`POST /channels/${stage.workshop.id}/messages`, { status: 500 });
    stage.discord.faults.answer(({ method }) => method === 'DELETE', { status: 500 });
    const sent = await channel.send('one');
    await expect(sent.delete()).rejects.toBeInstanceOf(HTTPError);
  });

  it('holds a request before it is handled', async () => {
    const fault = stage.discord.faults.hold(SEND, { when: 'before' });
    const sending = channel.send('one');
    expect(await fault.reached).toMatchObject({ method: 'POST' });
    expect(said()).toEqual([]);
    fault.release();
    await sending;
    expect(said()).toEqual(['one']);
  });

  it('holds an answer after the request was handled', async () => {
    const fault = stage.discord.faults.hold(SEND, { when: 'after', times: 1 });
    const answered = signal();
    const sending = channel.send('one').then(() => answered.resolve());
    await fault.reached;
    expect(said()).toEqual(['one']);
    fault.release();
    await sending;
  });

  it('forgets a request that is held when its sender dies', async () => {
    const fault = stage.discord.faults.hold(SEND, { when: 'before' });
    const dying = new AbortController();
    const sending = client.rest
      .post(`/channels/${stage.tavern.id}/messages`, { body: { content: 'one' }, signal: dying.signal })
      .catch((error: unknown) => error);
    await fault.reached;
    dying.abort();
    await sending;
    await stage.discord.waitForEntry(({ kind }) => kind === 'lost');
    fault.release();
    await channel.send('two');
    expect(said()).toEqual(['two']);
  });

  it('makes an answer slow', async () => {
    const fault = stage.discord.faults.slow(SEND, { milliseconds: 1 });
    await channel.send('one');
    expect(fault.hits).toBe(1);
  });

  it.each([
    ['before', []],
    ['after', ['one']],
  ] as const)('resets the connection %s the request is handled', async (when, expected) => {
    stage.discord.faults.reset(SEND, { when, times: 1 });
    const error = await channel.send('one').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(DiscordAPIError);
    expect(said()).toEqual(expected);
    await channel.send('two');
  });

  it('is over at the end of its scope, and all are with clear', async () => {
    {
      using _fault = stage.discord.faults.answer(SEND, { status: 500 });
      await expect(channel.send('one')).rejects.toBeInstanceOf(HTTPError);
    }
    await channel.send('two');
    const held = stage.discord.faults.hold(SEND, { when: 'before', times: 1 });
    const sending = channel.send('three');
    await held.reached;
    stage.discord.faults.clear();
    await sending;
    expect(said()).toEqual(['two', 'three']);
  });

  it('wants a pattern that can be understood', () => {
    expect(() => stage.discord.faults.answer('channels', { status: 500 })).toThrow(/method and a path/);
  });
});
