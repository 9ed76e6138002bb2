import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LoopbackDiscord } from '../../playground/discord/index.ts';

let discord: LoopbackDiscord;

beforeEach(async () => {
  discord = await LoopbackDiscord.start();
  discord.servePage((_request, response) => void response.end('page'));
});

afterEach(() => discord.stop());

function statusOf(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(new URL(path, discord.url), { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.on('error', reject).end();
  });
}

function gateway(headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${discord.url.replace('http', 'ws')}/gateway/?v=10&encoding=json`, {
      headers,
    });
    socket.on('error', (error) => resolve(error.message));
    socket.on('message', (data) => {
      socket.terminate();
      resolve(data.toString());
    });
  });
}

describe('the server', () => {
  it('listens on 127.0.0.1 only', () => {
    expect(new URL(discord.url).hostname).toBe('127.0.0.1');
  });

  it('answers its own pages and programs', async () => {
    expect(await statusOf('/')).toBe(200);
    expect(await statusOf('/', { origin: discord.url })).toBe(200);
    expect(await statusOf('/api/v10/gateway', { authorization: `Bot ${discord.token}` })).toBe(200);
    expect(await statusOf('/api/v10/gateway')).toBe(401);
    expect(await gateway({})).toContain('heartbeat_interval');
  });

  it.each([
    ['another host (a rebound name)', { host: 'evil.example' }],
    ['another port', { host: '127.0.0.1:1' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a request from another site without an origin', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s', async (_what, headers: Record<string, string>) => {
    expect(await statusOf('/', headers)).toBe(403);
    expect(await statusOf('/api/v10/gateway', { ...headers, authorization: `Bot ${discord.token}` })).toBe(
      403,
    );
    for (const path of ['/play/say', '/play/change/server', '/play/bend/stopPostgres'])
      expect(await statusOf(path, headers, 'POST')).toBe(403);
    expect(await gateway(headers)).toContain('403');
  });

  it('lets somebody follow a link to the page', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(await statusOf('/', link)).toBe(200);
    expect(await statusOf('/', link, 'POST')).toBe(403);
  });
});
