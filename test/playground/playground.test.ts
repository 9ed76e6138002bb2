import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { PlaygroundProcess } from '../../playground/playgroundProcess.ts';
import { visit } from './onPage.ts';

/** Looks that often, and so long at the most. */
const PATIENCE = { timeout: 30_000, interval: 50 };
const MIRA = '1200000000000001001';
const WORKSHOP = '1200000000000000100';

let playground: PlaygroundProcess | undefined;

afterEach(async () => {
  await playground?.remove();
  playground = undefined;
});

/** Opens it, with a browser's ways to ask and tell. */
async function openPlayground() {
  const opened = await PlaygroundProcess.open();
  return { ...opened, ...visit(opened.url) };
}

const choices = z.object({ choices: z.array(z.object({ value: z.string() })) });

const inside = z.object({ trails: z.array(z.object({ title: z.string() })) });

describe('npm run playground', () => {
  it('opens with the real bot, starts it again when it is killed, and leaves nothing behind', async () => {
    const opened = await openPlayground();
    playground = opened.playground;
    const { url } = opened;
    const tell = (what: string, body: object) => opened.tell(what, { as: MIRA, channel: WORKSHOP, ...body });
    expect(await (await fetch(url)).text()).toContain('Forgeling playground');
    const offered = choices.parse(
      await tell('autocomplete', { command: '/craft', option: 'recipe', typed: '', options: {} }),
    );
    const recipe = offered.choices[0]?.value ?? '';
    expect(await tell('command', { command: '/craft', options: { recipe } })).toMatchObject({
      kind: 'message',
    });
    await vi.waitFor(
      async () => expect(inside.parse(await opened.ask('inside')).trails[0]?.title).toBe('/craft'),
      PATIENCE,
    );

    const [, pid] = await playground.until(/bot runs as (\d+)/);
    process.kill(Number(pid), 'SIGKILL');
    await playground.until(/The bot has stopped \(signal SIGKILL\)[\s\S]*bot is ready again/);
    expect(await tell('command', { command: '/crafting', options: {} })).toMatchObject({
      kind: 'message',
    });

    expect(await playground.close()).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('bends the world around the real bot: speed, a new server, PostgreSQL', async () => {
    const opened = await openPlayground();
    playground = opened.playground;
    const { change, tell, world, contents, listen } = opened;
    const until = (pattern: RegExp) => opened.playground.until(pattern);
    const bending = async () => (await world(MIRA)).bending;
    expect(await bending()).toMatchObject({ speed: 60, bot: 'ready' });

    await tell('bend/speed', { factor: 3_600 });
    await until(/game\.speed: 60 → 3600/);

    const { serverId = '', channelId = '' } = await change('server', { name: 'The Bellows', owner: MIRA });
    await vi.waitFor(
      async () => expect((await contents(MIRA, channelId)).messages).toHaveLength(1),
      PATIENCE,
    );
    expect((await world(MIRA)).servers.map(({ id }) => id)).toContain(serverId);

    await vi.waitFor(async () => expect(await bending()).toMatchObject({ postgres: 'running' }), PATIENCE);
    const heard = await listen(MIRA);
    expect(await tell('bend/stopPostgres', {})).toMatchObject({ kind: 'bent' });
    await heard.until('"postgres":"stopped"');
    const place = { as: MIRA, channel: WORKSHOP };
    const gathering = { ...place, command: '/gather', options: { place: 'meadow' } };
    expect(await tell('command', gathering)).toMatchObject({ kind: 'message' });
    await vi.waitFor(async () => expect(await bending()).toMatchObject({ postgres: 'running' }), PATIENCE);
    heard.end();
  });
});
