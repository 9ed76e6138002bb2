import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MessageRecord } from '../../playground/discord/model/records.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { loadCatalog } from '../../src/game/content/load.ts';
import { Stage } from '../support/stage.ts';

function field({ embeds }: MessageRecord, name: string): string[] {
  const found = embeds[0]?.fields?.find((each) => each.name === name);
  return found?.value.split('\n') ?? [];
}

/** Something that no recipe takes. */
function uselessItem(): string {
  const catalog = loadCatalog(join(PROJECT_ROOT, 'data/content'));
  const found = [...catalog.items.keys()].find((itemId) => catalog.recipesUsing(itemId).length === 0);
  if (found === undefined) throw new Error('Every item is used for something.');
  return found;
}

test('recipes are browsed to the last page, those that can be made now first', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  let page = await mira.command('/recipes').message();
  expect(page.visibleTo).toBe(stage.mira.id);
  expect(page.embeds[0]?.description).toMatch(
    /^\*\*🟧 Oak Plank\*\* × 2 · 5 s · ✅ 20 times\n-# 20\/1 🪵 Oak Log\n/,
  );
  const [, pages = '0'] = JSON.stringify(page.components).match(/Page 1 of (\d+)/) ?? [];
  const [, total = '0'] = page.embeds[0]?.footer?.text.match(/^(\d+) recipes · 6 you can make now$/) ?? [];
  const names = (message: MessageRecord) =>
    message.embeds[0]?.description?.split('\n').filter((line) => line.startsWith('**')) ?? [];
  const seen = names(page);
  for (let number = 2; number <= Number(pages); number++) {
    page = await mira.press(page, 'Next ▶').message();
    seen.push(...names(page));
  }
  expect(() => mira.press(page, 'Next ▶')).toThrow('disabled');
  expect(new Set(seen).size).toBe(Number(total));
  expect(seen.at(-1)).toContain('🔒 level ');
  expect(stage.discord.refusals).toEqual([]);
});

test('recipes are filtered by what can be made now, by what they take, and by what they make', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const text = async (options: Record<string, string | boolean>) =>
    (await mira.command('/recipes', options).message()).embeds[0]?.description ?? '';
  expect(await text({ makeable: true })).not.toContain('🔪 Iron Blade** ·');
  expect(await text({ uses: 'iron_blade' })).toBe(
    '-# Only: made with 🔪 Iron Blade\n**🗡️ Iron Sword** · 4 h · ✅ once\n-# 1/1 🔪 Iron Blade, 1/1 🥢 Tool Handle',
  );
  // Typed and sent without picking it from the list.
  expect(await text({ uses: 'iron blade' })).toContain('🗡️ Iron Sword');
  expect(await text({ uses: uselessItem() })).toMatch(/\nNo recipe uses .+: made to be kept/);
  expect(await text({ category: 'masterpiece', makeable: true })).toContain('You cannot make any of these');
  const refused = await mira.command('/recipes', { uses: '*gold*' }).message();
  expect(refused.content).toContain('There is no item called “\\*gold\\*”');
  for (const made of ['recipesPage:0', 'recipesPage:0:1:maybe::', 'recipesPage:x:1:::']) {
    expect((await mira.pressRaw(refused, made).message()).content, made).toMatch(/^That does not work/);
  }
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const stranger = await tobin.pressRaw(refused, `recipesPage:1:${stage.mira.id}:::`).message();
  expect(stranger.content).toMatch(/^Somebody else is reading these\./);
});

test('a recipe is looked at in detail and made by one press, however often it is pressed', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const recipe = await mira.command('/recipes', { recipe: 'campfire' }).message();
  expect(recipe.embeds[0]?.title).toBe('🔥 Campfire');
  expect(recipe.embeds[0]?.description).toMatch(
    /Takes 15 s\n.*10 XP\n.*10 ?% chance of a masterwork.*\n.*5 times$/,
  );
  expect(field(recipe, 'It takes')).toEqual(['✅ 20/2 🪵 Oak Log', '✅ 15/3 🪨 Stone']);

  const presses = Array.from({ length: 5 }, () => mira.press(recipe, 'Make Campfire'));
  const answers = await Promise.all(presses.map((press) => press.message()));
  expect(answers.filter(({ content }) => content === 'That is done already; once is enough.')).toHaveLength(
    4,
  );
  expect(stage.count('crafts')).toBe(1);
  expect(stage.has('oak_log')).toBe(18);
  expect(stage.discrepancies()).toEqual([]);
});

test('a recipe for which something is missing says what to make first, and where to find the rest', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const recipe = await mira.command('/recipes', { recipe: 'Moonsteel Crown' }).message();
  expect(field(recipe, 'It takes')).toEqual(['❌ 2/5 ✨ Star Shard', '❌ 0/3 🔩 Iron Ingot']);
  expect(field(recipe, 'Make first')).toEqual(['✅ 3 × 🔩 Iron Ingot']);
  expect(field(recipe, 'Find')[0]).toContain('🌲 Whispering Woods');
  const made = await mira.press(recipe, 'Make 3 × Iron Ingot').message();
  expect(made.embeds[0]?.title).toContain('Iron Ingot');
  expect(made.visibleTo).toBe(stage.mira.id);
  const refused = await mira.command('/recipes', { recipe: '<@1>' }).message();
  expect(refused.content).toContain('There is no recipe called “\\<@\u200B1\\>”');
});

test('an item tells where it comes from, what it makes and what comes back of it', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const log = await mira.command('/item', { item: 'oak_log' }).message();
  expect(log.visibleTo).toBe(stage.mira.id);
  expect(log.embeds[0]?.title).toBe('🪵 Oak Log');
  expect(log.embeds[0]?.description).toMatch(/\n\nCommon · Raw material\nYou have \*\*20\*\*\.$/);
  expect(field(log, 'Where it comes from')[0]).toBe('🌲 Whispering Woods: always, 1 to 4');
  expect(field(log, 'Where it comes from')).toContain('Everybody starts with 20');
  expect(field(log, 'What it makes')).toContain('🔥 Campfire, takes 2');
  expect(field(log, 'Taken apart, one gives back')).toEqual([]);

  const crown = await mira.command('/item', { item: 'moonsteel crown' }).message();
  expect(crown.embeds[0]?.description).toContain('You have none.');
  expect(field(crown, 'Where it comes from')).toEqual([
    'Crafted: 👑 Moonsteel Crown 🔒 level 5, from 5 × ✨ Star Shard, 3 × 🔩 Iron Ingot',
  ]);
  expect(field(crown, 'Taken apart, one gives back')).toEqual([
    '2 to 4 × ✨ Star Shard',
    '1 to 3 × 🔩 Iron Ingot',
  ]);

  const refused = await mira.command('/item', { item: '__proto__' }).message();
  expect(refused.content).toContain('There is no item called “\\_\\_proto\\_\\_”');
  expect(refused.visibleTo).toBe(stage.mira.id);
});

test('completion offers what one has first, at most 25, and takes whatever is typed', async () => {
  const stage = await Stage.join();
  const german = stage.discord.addUser({ name: 'Uwe', locale: 'de' });
  stage.discord.addMember(stage.guild, german);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const uwe = stage.discord.as(german, stage.workshop);
  const all = await mira.autocomplete('/item', 'item', '').choices();
  expect(all).toHaveLength(25);
  expect(all.slice(0, 9).every(({ name }) => name.includes(' · you have '))).toBe(true);
  expect(await mira.autocomplete('/item', 'item', 'shrad').choices()).toEqual([
    { name: 'Star Shard · you have 2', value: 'star_shard' },
  ]);
  expect((await uwe.autocomplete('/item', 'item', 'schwert').choices())[0]?.value).toBe('iron_sword');
  expect((await uwe.autocomplete('/item', 'item', 'oel').choices())[0]?.value).toBe('lamp_oil');
  expect((await uwe.autocomplete('/recipes', 'uses', 'kohle').choices())[0]?.value).toBe('coal');
  expect((await mira.autocomplete('/recipes', 'recipe', 'campf').choices())[0]?.value).toBe('campfire');
  for (const typed of ['🗡️', 'x'.repeat(100), '.*+?^$()|[]\\', '@everyone', '  ', ':']) {
    const offered = await mira.autocomplete('/item', 'item', typed).choices();
    expect(offered.length, typed).toBeLessThanOrEqual(25);
  }
  expect(stage.discord.refusals).toEqual([]);
});
