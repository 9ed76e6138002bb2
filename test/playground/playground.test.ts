import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');
const MIRA = '1200000000000001001';
const WORKSHOP = '1200000000000000100';

let child: ChildProcess | undefined;
let directory: string;

afterEach(async () => {
  if (child?.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(directory, { recursive: true, force: true });
});

/** `npm run playground` on a free port, in a folder of its own. */
async function openPlayground() {
  directory = await mkdtemp(join(tmpdir(), 'playground-'));
  const started = spawn(process.execPath, ['playground/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', DATA_DIR: directory, HTTP_PORT: undefined },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  let output = '';
  const waiting = new Set<() => void>();
  started.stdout.on('data', (text) => {
    output += String(text);
    for (const look of waiting) look();
  });
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((done, fail) => {
      const look = () => {
        const match = pattern.exec(output);
        if (match) waiting.delete(look);
        if (match) done(match);
      };
      started.once('exit', () => fail(new Error(`the playground ended:\n${output}`)));
      waiting.add(look);
      look();
    });
  const [url] = await until(/http:\/\/127\.0\.0\.1:\d+/);
  return { process: started, url, until };
}

const choices = z.object({ choices: z.array(z.object({ value: z.string() })) });

async function tell(url: string, what: string, body: object): Promise<unknown> {
  const answer = await fetch(`${url}/play/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: MIRA, channel: WORKSHOP, ...body }),
  });
  return answer.json();
}

describe('npm run playground', () => {
  it('opens with the real bot, starts it again when it is killed, and leaves nothing behind', async () => {
    const { process: playground, url, until } = await openPlayground();
    expect(await (await fetch(url)).text()).toContain('Forgeling playground');
    const offered = choices.parse(
      await tell(url, 'autocomplete', { command: '/craft', option: 'recipe', typed: '', options: {} }),
    );
    const recipe = offered.choices[0]?.value ?? '';
    expect(await tell(url, 'command', { command: '/craft', options: { recipe } })).toMatchObject({
      kind: 'message',
    });

    const [, pid] = await until(/bot runs as (\d+)/);
    process.kill(Number(pid), 'SIGKILL');
    await until(/The bot has stopped \(signal SIGKILL\)[\s\S]*bot is ready again/);
    expect(await tell(url, 'command', { command: '/crafting', options: {} })).toMatchObject({
      kind: 'message',
    });

    playground.kill('SIGTERM');
    const [code] = await once(playground, 'exit');
    expect(code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });
});
