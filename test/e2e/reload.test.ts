import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentFolder, rewrite } from '../support/content.ts';
import { Stage } from '../support/stage.ts';

test('an operator changes settings and content while the bot runs, and the log says what became of it', async () => {
  const stage = await Stage.set({ environment: { LOG_LEVEL: '', HTTP_PORT: '0' } });
  const file = join(stage.folder, 'forgeling.yaml');
  const content = contentFolder();
  writeFileSync(file, 'log: { level: info }\n');
  const bot = await stage.startBot({ FORGELING_CONFIG: file, DEVELOPMENT_CONTENT: content });
  const { port } = await bot.logged(({ msg }) => msg.startsWith('Health and metrics'));
  const titleOf = async () => (await stage.craft('campfire')).embeds[0]?.title;
  expect(await titleOf()).toMatch(/^You start on/);

  // What counts at once, and what has to wait for the next start.
  writeFileSync(file, 'log: { level: debug }\njobs: { reconcileInterval: 60000 }\ngame: { speed: 1000 }\n');
  const changes = [
    'jobs.reconcileInterval: 180000 → 60000 (from the next start on)',
    'log.level: "info" → "debug"',
    'game.speed: 1 → 1000',
  ];
  expect(await bot.logged(({ msg }) => msg.startsWith('The configuration was read again'))).toMatchObject({
    level: 'info',
    changes,
    msg: `The configuration was read again: ${changes.join('; ')}.`,
  });
  await stage.craft('campfire', 1, stage.tobin);
  await stage.until('The craft at the new speed', () => stage.has('campfire', stage.tobin) > 0);
  await bot.logged(({ level }) => level === 'debug');
  // The one under way keeps the fifteen seconds that it was promised.
  const [promised] = stage.query<{ duration: number }>('SELECT duration FROM crafts ORDER BY ordered_at');
  expect(promised).toEqual({ duration: 15_000 });

  rewrite(
    content,
    'recipes',
    /^iron_sword: .*$/m,
    'iron_sword: { makes: excalibur, takes: { coal: 1 }, time: 5s }',
  );
  expect(await bot.logged(({ msg }) => msg.startsWith('The content cannot be used'))).toMatchObject({
    level: 'error',
    problems: [
      expect.stringContaining(content),
      expect.stringMatching(/recipes\.yaml:\d+: The recipe "iron_sword" names the item "excalibur"/),
    ],
  });
  const refused = async () => {
    const text = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    return ['configuration', 'content'].filter((of) =>
      text.includes(`forgeling_files_refused{of="${of}"} 1`),
    );
  };
  expect(await refused()).toEqual(['content']);
  rewrite(content, 'recipes', 'makes: excalibur', 'makes: iron_sword');
  expect(await bot.logged(({ msg }) => msg.startsWith('The content was read again'))).toMatchObject({
    changes: ['recipes changed: iron_sword'],
  });
  expect(await refused()).toEqual([]);
  await stage.craft('iron_sword', 1, stage.tobin);
  await stage.until('The sword by the new recipe', () => stage.has('iron_sword', stage.tobin) > 0);
  expect(stage.has('coal', stage.tobin)).toBe(7);

  // What silences the log is the last thing that it says.
  writeFileSync(file, 'log: { level: error }\n');
  await bot.logged(({ msg }) => msg.includes('log.level: "debug" → "error"'));
  const before = bot.log.length;
  await stage.craft('campfire', 1, stage.tobin);
  expect(stage.discrepancies()).toEqual([]);
  expect(await bot.stop()).toBe(0);
  expect(bot.log.slice(before)).toEqual([]);
});
