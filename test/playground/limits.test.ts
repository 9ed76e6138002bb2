import { type Client, RateLimitError, type TextChannel } from 'discord.js';
import { RatelimitedResponseSchema } from 'discord-api-spec/zod';
import { afterEach, describe, expect, it } from 'vitest';
import { logIn, setStage } from './stage.ts';

let stage: Awaited<ReturnType<typeof setStage>>;
let client: Client<true>;

afterEach(async () => {
  await client.destroy();
  await stage.discord.stop();
});

async function open(rest: object = {}, now?: () => number) {
  stage = await setStage(now ? { now } : {});
  client = await logIn(stage.discord, { options: { rest } });
  const channel = (await client.channels.fetch(stage.tavern.id)) as TextChannel; // The stage made it one.
  return { ...stage, channel };
}

function raw(path: string, body: unknown) {
  return fetch(`${stage.discord.apiUrl}/v10${path}`, {
    method: 'POST',
    headers: { authorization: `Bot ${stage.discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('rate limits', () => {
  it('let five messages into a channel in five seconds, and tell discord.js to wait with the sixth', async () => {
    const { discord, channel, workshop } = await open({ rejectOnRateLimit: () => true });
    for (let count = 1; count <= 5; count += 1) await channel.send(`${count}`);
    const error = await channel.send('6').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ limit: 5, global: false });
    expect(discord.counters.rateLimited).toBe(0);
    const elsewhere = (await client.channels.fetch(workshop.id)) as TextChannel; // The stage made it one.
    await expect(elsewhere.send('1')).resolves.toBeDefined();
  });

  it('answer a client that does not wait with 429, and let it in when the time is over', async () => {
    let now = Date.parse('2030-01-01');
    const { discord, tavern } = await open({}, () => now);
    const path = `/channels/${tavern.id}/messages`;
    const first = await raw(path, { content: '1' });
    expect(first.headers.get('x-ratelimit-limit')).toBe('5');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
    expect(first.headers.get('x-ratelimit-reset-after')).toBe('5.000');
    expect(first.headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]+$/);
    for (let count = 2; count <= 5; count += 1) await raw(path, { content: `${count}` });
    now += 1_500;
    const refused = await raw(path, { content: '6' });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('4');
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    const body: unknown = await refused.json();
    expect(RatelimitedResponseSchema.safeParse(body).success).toBe(true);
    expect(body).toMatchObject({ retry_after: 3.5, global: false });
    expect(discord.counters).toMatchObject({ rateLimited: 1, invalid: 1 });
    now += 3_500;
    expect((await raw(path, { content: '6' })).status).toBe(200);
  });

  it('hold everything to 50 a second, but not the answers to interactions', async () => {
    const now = Date.parse('2030-01-01');
    const { discord, mira, workshop } = await open({}, () => now);
    await client.rest.put(`/applications/${client.user.id}/commands`, {
      body: [{ name: 'craft', description: 'x' }],
    });
    const statuses: number[] = [];
    for (let channel = 0; channel < 50; channel += 1) {
      const { id } = discord.addChannel(stage.guild, { name: `c${channel}` });
      statuses.push((await raw(`/channels/${id}/messages`, { content: 'x' })).status);
    }
    expect(statuses).toContain(429);
    const refused = await raw(`/channels/${workshop.id}/messages`, { content: 'x' });
    expect(refused.headers.get('x-ratelimit-global')).toBe('true');
    expect(await refused.json()).toMatchObject({ global: true });
    client.on('interactionCreate', (interaction) => {
      if (interaction.isChatInputCommand()) interaction.reply('x').catch(() => {});
    });
    const deeds = Array.from({ length: 60 }, () => discord.as(mira, workshop).command('/craft'));
    expect(
      (await Promise.all(deeds.map((deed) => deed.answered))).every(({ kind }) => kind === 'message'),
    ).toBe(true);
  });

  it('can be switched off', async () => {
    const { discord, tavern } = await open();
    discord.rateLimits.enabled = false;
    for (let count = 1; count <= 8; count += 1) {
      expect((await raw(`/channels/${tavern.id}/messages`, { content: `${count}` })).status).toBe(200);
    }
  });
});
