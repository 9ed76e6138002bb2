import { cp, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { PlaygroundProcess } from '../../playground/playgroundProcess.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { temporaryFolder } from '../support/game.ts';
import { visit } from './onPage.ts';

/** What of the project runs. */
const PARTS = [
  'bin',
  'src',
  'playground',
  'data/content',
  'data/locales',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Looks that often, and so long at the most. */
const PATIENCE = { timeout: 60_000, interval: 50 };
const MIRA = '1200000000000001001';
const WORKSHOP = '1200000000000000100';
const PLACE = { as: MIRA, channel: WORKSHOP };

const choices = z.object({ choices: z.array(z.object({ name: z.string() })) });

let root: string;

/** A copy of the project, of which a test can change what it likes. */
beforeEach(async () => {
  root = temporaryFolder('development');
  for (const part of PARTS) await cp(join(PROJECT_ROOT, part), join(root, part), { recursive: true });
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'));
});

/** Changes a file in one step, so that no half of it is seen. */
async function change(name: string, from: string | RegExp, to: string): Promise<void> {
  const path = join(root, name);
  const before = await readFile(path, 'utf8');
  expect(before).toMatch(from);
  await writeFile(`${path}.new`, before.replace(from, to));
  await rename(`${path}.new`, path);
}

test('npm run dev reads content and the page again in place, starts the bot again for its code, and keeps the world and the chat', async () => {
  const { playground, url } = await PlaygroundProcess.open({ root, script: 'dev' });
  onTestFinished(() => playground.remove());
  const { tell, contents, listen } = visit(url);
  const command = (name: string, options: object) =>
    tell('command', { ...PLACE, command: name, options }).then((answer) =>
      expect(answer).toMatchObject({ kind: 'message' }),
    );
  // On a machine that has a lot to do, the first answers of a bot that has just started may come too late.
  const offered = () =>
    vi.waitFor(async () => {
      const asked = { command: '/craft', option: 'recipe', typed: 'campf', options: {} };
      const answer = await tell('autocomplete', { ...PLACE, ...asked });
      return choices.parse(answer).choices.map(({ name }) => name);
    }, PATIENCE);
  await tell('say', { ...PLACE, content: 'Before it all' });
  expect(await offered()).toEqual([expect.stringMatching(/^Campfire · ready to make, takes \d+ s$/)]);

  await change('data/content/recipes.yaml', /(campfire: .*)time: 15s/, '$1time: 20h');
  await playground.until(/The content was read again/);
  expect(await offered()).toEqual(['Campfire · ready to make, takes 20 min']);
  await command('/craft', { recipe: 'campfire' });

  const heard = await listen(MIRA);
  await change('playground/app/styles/base.css', /$/, '.changed { color: red; }\n');
  await heard.until('event: page');
  heard.end();

  const before = playground.mark();
  await change('src/main.ts', /$/, "process.stdout.write('What has changed runs.\\n');\n");
  await playground.until(
    /src\/main\.ts has changed: the bot is started again[\s\S]*bot \| What has changed runs\.[\s\S]*The bot is ready again/,
    before,
  );
  expect(await offered()).toEqual(['Campfire · ready to make, takes 20 min']);
  await command('/crafting', {});
  const { messages } = await contents(MIRA, WORKSHOP);
  const said = messages.map(({ content, embeds }) => embeds[0]?.title ?? content);
  // The bot says hello when it gets round to it.
  expect(said.filter((words) => words !== '👋 Hello, I am Forgeling')).toEqual([
    'Before it all',
    'You start on 🔥 Campfire',
    'Your workbench',
  ]);
  expect(messages.at(-1)?.embeds[0]?.description).toContain('Campfire');
});
