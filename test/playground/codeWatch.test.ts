import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotProcess } from '../../playground/botProcess.ts';
import { CodeWatch, changeInWords } from '../../playground/codeWatch.ts';
import { temporaryFolder } from '../support/game.ts';

let directory: string;
let bot: BotProcess;
let watch: CodeWatch | undefined;
const said: string[] = [];
const listeners = new Set<() => void>();

beforeEach(async () => {
  directory = temporaryFolder('code');
  await mkdir(join(directory, 'src', 'deep'), { recursive: true });
  await mkdir(join(directory, 'bin'));
  await writeFile(join(directory, 'package.json'), '{}');
  await writeFile(
    join(directory, 'src', 'bot.mjs'),
    'import "./deep/words.mjs"; setInterval(() => {}, 1000);',
  );
  // Its next start after a death is far away: what starts it is the change.
  bot = new BotProcess({ args: ['src/bot.mjs'], directory, environment: {}, firstPause: 3_600_000 });
  said.length = 0;
  const note = (line: string) => {
    said.push(line);
    for (const look of listeners) look();
  };
  bot.on('line', note);
  bot.on('died', () => note('died'));
});

afterEach(async () => {
  await watch?.close();
  await bot.stop();
});

/** In one step, so that no half of it is seen. */
async function write(name: string, text: string): Promise<void> {
  const path = join(directory, name);
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

const speak = (words: string) => write('src/deep/words.mjs', `console.log(${JSON.stringify(words)});`);

/** Waits until the bot has said this last. */
function until(words: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (said.at(-1) !== words) return;
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
}

/** What has changed, each time. */
function follow(): string[][] {
  const changes: string[][] = [];
  const restart = async (files: readonly string[]) => {
    changes.push([...files]);
    await bot.restart();
  };
  watch = new CodeWatch(directory, restart, (error) => said.push(String(error)));
  return changes;
}

describe('a bot whose code is watched', () => {
  it('is started again with the new code when a file changes, is new or gone', async () => {
    await speak('one');
    const changes = follow();
    bot.start();
    await until('one');
    await speak('two');
    await until('two');
    await write('src/bot.mjs', 'console.log("three"); setInterval(() => {}, 1000);');
    await until('three');
    await write('bin/four.js', '');
    await rm(join(directory, 'src', 'deep'), { recursive: true });
    await write('src/bot.mjs', 'console.log("four"); setInterval(() => {}, 1000);');
    await until('four');
    expect(changes.slice(0, 2)).toEqual([['src/deep/words.mjs'], ['src/bot.mjs']]);
    expect(new Set(changes.slice(2).flat())).toEqual(
      new Set(['bin/four.js', 'src/deep/words.mjs', 'src/bot.mjs']),
    );
    expect(said).not.toContain('died');
  });

  it('is started again when a text changes, for Discord shows some of them only from its start on', async () => {
    await mkdir(join(directory, 'data', 'locales', 'de'), { recursive: true });
    await write('data/locales/de/crafting.json', '{}');
    await speak('one');
    const changes = follow();
    bot.start();
    await until('one');
    const again = once(bot, 'started');
    await write('data/locales/de/crafting.json', '{"ready":"Fertig"}');
    await again;
    expect(changes).toEqual([['data/locales/de/crafting.json']]);
  });

  it('that does not start is started with the next change', async () => {
    await speak('one');
    follow();
    bot.start();
    await until('one');
    await write('src/deep/words.mjs', 'this is no code');
    await until('died');
    await speak('mended');
    await until('mended');
  });

  it('is left alone by files that are no code, and by code that is written as it was', async () => {
    await speak('one');
    const changes = follow();
    bot.start();
    await until('one');
    await write('src/deep/.words.mjs.swp', 'x');
    await speak('one');
    await mkdir(join(directory, 'data'));
    await write('data/items.yaml', 'items: []');
    await speak('two');
    await until('two');
    expect(changes).toEqual([['src/deep/words.mjs']]);
  });
});

describe('what is said of a change', () => {
  it('names the file', () => {
    expect(changeInWords(['src/main.ts'])).toBe('src/main.ts has changed');
    expect(changeInWords(['a.ts', 'b.ts'])).toBe('a.ts and 1 more file have changed');
    expect(changeInWords(['a.ts', 'b.ts', 'c.ts'])).toBe('a.ts and 2 more files have changed');
  });
});
