import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotProcess } from '../../playground/botProcess.ts';
import { startArguments } from '../../playground/startScript.ts';
import { Terminal } from '../../playground/terminal.ts';
import { temporaryFolder } from '../support/game.ts';

let directory: string;
let bot: BotProcess | undefined;

beforeEach(() => {
  directory = temporaryFolder('bot');
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
});

async function botOf(code: string): Promise<BotProcess> {
  await writeFile(join(directory, 'bot.mjs'), code);
  bot = new BotProcess({ args: ['bot.mjs'], directory, environment: { GREETING: 'hello' }, firstPause: 10 });
  return bot;
}

describe('the bot as a process', () => {
  it('passes its lines on, with the environment that it was given', async () => {
    const process = await botOf(
      'console.log(process.env.GREETING); console.error("oh"); setInterval(() => {}, 1000);',
    );
    const lines: string[] = [];
    const both = new Promise<void>((resolve) => {
      process.on('line', (line) => {
        lines.push(line);
        if (lines.length === 2) resolve();
      });
    });
    process.start();
    await both;
    expect(lines.toSorted()).toEqual(['hello', 'oh']);
  });

  it('is started again when it dies, later each time', async () => {
    const process = await botOf('process.exit(3);');
    process.start();
    const [first] = await once(process, 'died');
    expect(first).toEqual({ how: 'exit code 3', again: 10 });
    const [second] = await once(process, 'died');
    expect(second).toEqual({ how: 'exit code 3', again: 20 });
  });

  it('is asked to stop, and waited for', async () => {
    const process = await botOf(`
      process.on('SIGTERM', () => { console.log('in order'); process.exit(0); });
      console.log('up');
      setInterval(() => {}, 1000);
    `);
    const lines: string[] = [];
    const up = new Promise<void>((resolve) => {
      process.on('line', (line) => {
        lines.push(line);
        if (line === 'up') resolve();
      });
    });
    process.start();
    await up;
    await process.stop();
    expect(lines).toEqual(['up', 'in order']);
    expect(process.running).toBe(false);
  });

  it('stays down when it was stopped while it was being started again', async () => {
    const process = await botOf(`
      process.on('SIGTERM', () => process.exit(0));
      console.log('up');
      setInterval(() => {}, 1000);
    `);
    process.start();
    await once(process, 'line');
    const restarted = process.restart();
    await Promise.all([restarted, process.halt()]);
    expect(process.running).toBe(false);
    expect(process.wanted).toBe(false);
    process.start();
    await once(process, 'line');
    const { pid } = process;
    await Promise.all([process.restart(), process.restart()]);
    expect(process.running).toBe(true);
    expect(process.pid).not.toBe(pid);
  });

  it('stays down when it was stopped between two starts', async () => {
    const process = await botOf('process.exit(1);');
    process.start();
    await once(process, 'died');
    await process.stop();
    process.start();
    expect(process.running).toBe(false);
  });
});

describe('what the bot tells of its inside', () => {
  const ANSWERING = `
    process.send({ kind: 'start', pid: process.pid, at: 1 });
    process.on('message', ({ ask, command }) => {
      if (command.userId === 'silence') return;
      if (command.userId === 'failure') process.send({ kind: 'answer', ask, error: 'It cannot' });
      else process.send({ kind: 'answer', ask, result: command.userId });
    });
  `;

  it('is passed on, and each question gets its own answer', async () => {
    const process = await botOf(ANSWERING);
    process.start();
    const [note] = await once(process, 'note');
    expect(note).toMatchObject({ kind: 'start', at: 1 });
    const asked = ['mira', 'tobin'].map((userId) => process.ask({ do: 'finishNext', userId }));
    expect(await Promise.all(asked)).toEqual(['mira', 'tobin']);
    await expect(process.ask({ do: 'finishNext', userId: 'failure' })).rejects.toThrow('It cannot');
  });

  it('ends with it: who waits for an answer is told so, and the next one is asked anew', async () => {
    const process = await botOf(ANSWERING);
    await expect(process.ask({ do: 'finishNext' })).rejects.toThrow('The bot is not running');
    process.start();
    await once(process, 'note');
    const asked = process.ask({ do: 'finishNext', userId: 'silence' });
    globalThis.process.kill(process.pid ?? 0, 'SIGKILL');
    await expect(asked).rejects.toThrow('The bot has stopped before it answered');
    await once(process, 'note');
    expect(await process.ask({ do: 'finishNext', userId: 'mira' })).toBe('mira');
  });
});

describe('the start script', () => {
  const withStart = (start: string) =>
    writeFile(join(directory, 'package.json'), JSON.stringify({ scripts: { start } }));

  it('is what npm start runs', async () => {
    await withStart('node --enable-source-maps src/main.ts');
    expect(await startArguments(directory)).toEqual(['--enable-source-maps', 'src/main.ts']);
  });

  it('has to run node', async () => {
    await withStart('bun src/main.ts');
    await expect(startArguments(directory)).rejects.toThrow(/does not run node/);
    await expect(startArguments(directory, 'dev')).rejects.toThrow('the dev script "" in package.json');
  });
});

describe('the terminal', () => {
  it("names no local address before the page's own", () => {
    let written = '';
    const terminal = new Terminal((text) => {
      written += text;
    });
    terminal.bot('health on http://127.0.0.1:9000');
    terminal.say('starting');
    terminal.announce('http://127.0.0.1:4321');
    terminal.bot('metrics on http://127.0.0.1:9001');
    expect(written.split('\n')).toEqual([
      'starting',
      '',
      'The playground is open: http://127.0.0.1:4321',
      'Ctrl+C ends it.',
      '',
      'bot | health on http://127.0.0.1:9000',
      'bot | metrics on http://127.0.0.1:9001',
      '',
    ]);
  });

  it("writes the bot's log for people, and what is no log as it is", () => {
    const written: string[] = [];
    const terminal = new Terminal((text) => written.push(text));
    terminal.bot(
      '{"level":"info","time":"2026-11-29T07:24:42.339Z","port":39297,"msg":"PostgreSQL started"}',
    );
    terminal.bot(
      '{"level":"error","time":"…","err":{"type":"Error","stack":"Error: no\\n    at here"},"msg":"It broke"}',
    );
    terminal.bot('{"not": "a log"}');
    terminal.bot('{ neither is this');
    expect(written).toEqual([
      'bot | PostgreSQL started (port: 39297)\n',
      'bot | ERROR It broke\nError: no\n    at here\n',
      'bot | {"not": "a log"}\n',
      'bot | { neither is this\n',
    ]);
  });

  it('lets nothing that was logged steer it or begin a line of its own, but for the lines of a stack', () => {
    const written: string[] = [];
    const terminal = new Terminal((text) => written.push(text));
    const logged = {
      level: 'warn',
      name: 'Mira\u001b]0;title\u0007\u009b2J',
      lists: [['\u007f\u009b']],
      '\u001bkey': 1,
      err: { stack: 'Error: no\u001b[2J\r\n\tat here\u009b' },
      msg: 'It\tbroke\nbot | All is well',
    };
    terminal.bot(JSON.stringify(logged));
    expect(written.join('').split('\n')).toEqual([
      'bot | WARN It\tbroke\\u000abot | All is well (name: Mira\\u001b]0;title\\u0007\\u009b2J, lists: [["\\u007f\\u009b"]], \\u001bkey: 1)',
      'Error: no\\u001b[2J\\u000d',
      '\tat here\\u009b',
      '',
    ]);
  });
});
