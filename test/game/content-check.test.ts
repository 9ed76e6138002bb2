import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { checkContent, type Findings } from '../../src/game/content/check/check.ts';
import { drawRecipes } from '../../src/game/content/check/graph.ts';
import { findPrices } from '../../src/game/content/check/prices.ts';
import { LiveCatalog } from '../../src/game/content/live-catalog.ts';
import { loadCatalog } from '../../src/game/content/load.ts';
import { temporaryFolder } from '../support/game.ts';

const LOCALES = join(PROJECT_ROOT, 'data/locales');

/** A small game in which everything is right. */
const SMALL = {
  items: `
log:    { category: raw, rarity: common, emoji: "🪵" }
ore:    { category: raw, rarity: common, emoji: "⛏️" }
plank:  { category: refined, rarity: common, emoji: "🟧" }
ingot:  { category: refined, rarity: common, emoji: "🔩" }
hammer: { category: finished, rarity: rare, emoji: "🔨" }
`,
  recipes: `
plank:  { makes: plank, yields: 2, takes: { log: 2 }, time: 5s }
ingot:  { makes: ingot, takes: { ore: 2 }, time: 5s, level: 3 }
hammer: { makes: hammer, takes: { plank: 2, ingot: 2 }, time: 1h, level: 3 }
`,
  places: `
wood: { emoji: "🌲", time: 10m, xp: 2, finds: { log: { most: 3 } } }
mine: { emoji: "⛰️", time: 10m, xp: 2, level: 3, finds: { ore: { least: 2, most: 4 } }, supplies: { item: plank, bonus: 0.5 } }
`,
  achievements: `
first: { tier: bronze, emoji: "🎇", goal: 1, counts: { event: itemCrafted, sum: quantity } }
many:  { tier: gold, emoji: "🏆", goal: 100, counts: { event: itemCrafted, sum: quantity } }
`,
  perks: `
craftingSlots:    { 1: 1, 5: 2 }
queueLength:      { 1: 4 }
gatheringBonus:   { 1: 0, 7: 5 }
masterworkChance: { 1: 10, 30: 15 }
`,
  daily: '- { items: { log: 4 }, xp: 10 }\n',
  engagement: 'chancePerPoint: 0.03\nfinds: { log: 1 }\n',
  starter: 'log: 5\n',
} as const;

type File = keyof typeof SMALL;

const NAMED = { name: 'A name', description: 'A description', description_other: 'A description' };

/** Texts for everything in the small game, in two languages; what is left out of the second is missing there. */
function locales(leftOut?: string): string {
  const folder = temporaryFolder('locales');
  for (const language of ['en-US', 'de']) {
    mkdirSync(join(folder, language));
    for (const file of ['items', 'recipes', 'places', 'achievements']) {
      const ids = 'log ore plank ingot hammer wood mine first many gold secret'.split(' ');
      const there = ids.filter((id) => language === 'en-US' || id !== leftOut);
      writeFileSync(
        join(folder, language, `${file}.json`),
        JSON.stringify(Object.fromEntries(there.map((id) => [id, NAMED]))),
      );
    }
  }
  return folder;
}

/** The small game with something else in one of its files. */
function check(file?: File, change?: (text: string) => string, texts = locales()): Promise<Findings> {
  return checkContent(write(file, change), texts);
}

function write(file?: File, change?: (text: string) => string): string {
  const folder = temporaryFolder('content');
  for (const [name, text] of Object.entries(SMALL)) {
    writeFileSync(join(folder, `${name}.yaml`), name === file && change ? change(text) : text);
  }
  return folder;
}

const more = (line: string) => (text: string) => `${text}${line}\n`;
const instead = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`There is no "${from}" to replace.`);
  return text.replace(from, to);
};

test('a bot does not start on an achievement that cannot be counted, and says where it is', async () => {
  await expect(LiveCatalog.open(write())).resolves.toBeInstanceOf(LiveCatalog);
  const misspelt = more(
    'gold: { tier: gold, emoji: g, goal: 1, counts: { event: dailyClaimed, sum: strek } }',
  );
  await expect(LiveCatalog.open(write('achievements', misspelt))).rejects.toThrow(
    /achievements\.yaml:4: The achievement "gold" counts "strek", which "dailyClaimed" doesn't have/,
  );
});

describe('the content checker', () => {
  test('finds nothing wrong where nothing is', async () => {
    expect(await check()).toEqual({ mistakes: [], warnings: [] });
  });

  test('finds nothing wrong in the content that players get', async () => {
    const { mistakes } = await checkContent(join(PROJECT_ROOT, 'data/content'), LOCALES);
    expect(mistakes).toEqual([]);
  });

  test.each<[string, File, (text: string) => string, string]>([
    [
      'an item that nothing brings',
      'items',
      more('gold: { category: finished, rarity: rare, emoji: "🥇" }'),
      'items.yaml:7: Nobody can ever have the item "gold": let a place, a daily gift or the chat bring it',
    ],
    [
      'a recipe whose ingredient nobody can have',
      'places',
      instead('finds: { ore: { least: 2, most: 4 } }', 'finds: { log: { most: 4 } }'),
      'recipes.yaml:3: Nobody can ever make "ingot": it takes "ore", which nobody can have.',
    ],
    [
      'what can only be made of it',
      'places',
      instead('finds: { ore: { least: 2, most: 4 } }', 'finds: { log: { most: 4 } }'),
      'Nobody can ever have the item "hammer": nobody can make "hammer", and no trip brings it.',
    ],
    [
      'a recipe that opens before its ingredients',
      'recipes',
      instead('time: 5s, level: 3', 'time: 5s, level: 2'),
      'recipes.yaml:3: The recipe "ingot" opens at level 2, but "ore", which it takes, can be had from level 3 on: write level: 3 or more',
    ],
    [
      'a recipe that makes something out of nothing by itself',
      'recipes',
      more('secret: { makes: log, yields: 3, takes: { plank: 1 }, time: 5s }'),
      'This makes something out of nothing: craft "plank"',
    ],
    [
      'salvage that returns more than crafting took',
      'recipes',
      more('secret: { makes: plank, yields: 4, takes: { log: 1 }, time: 5s }'),
      'salvage "plank"',
    ],
    [
      'a loop that only masterworks make worth its while',
      'recipes',
      more('secret: { makes: log, takes: { plank: 1 }, time: 5s }'),
      'This makes something out of nothing: craft "plank"',
    ],
    [
      'supplies that pay for themselves',
      'places',
      instead(
        'finds: { ore: { least: 2, most: 4 } }',
        'finds: { ore: { least: 2, most: 4 }, log: { most: 4 } }',
      ),
      'take "plank" along to "mine"',
    ],
    [
      'a perk that shrinks',
      'perks',
      instead('{ 1: 1, 5: 2 }', '{ 1: 2, 5: 1 }'),
      'perks.yaml:2: The perk "craftingSlots" shrinks from 2 to 1 when level 1 becomes level 5: write 2 or more.',
    ],
    [
      'an event that is none',
      'achievements',
      more('gold: { tier: gold, emoji: g, goal: 1, counts: { event: napTaken } }'),
      'achievements.yaml:4: The achievement "gold" counts the event "napTaken", which isn\'t there',
    ],
    [
      'an event that is not kept',
      'achievements',
      more('gold: { tier: gold, emoji: g, goal: 1, counts: { event: engagementObserved } }'),
      'counts "engagementObserved", which isn\'t kept in the log',
    ],
    [
      'a field that is none',
      'achievements',
      more('gold: { tier: gold, emoji: g, goal: 1, counts: { event: itemCrafted, sum: naps } }'),
      'counts "naps", which "itemCrafted" doesn\'t have: it has craftId',
    ],
    [
      'a field that is no number',
      'achievements',
      more('gold: { tier: gold, emoji: g, goal: 1, counts: { event: itemCrafted, sum: itemId } }'),
      'adds up "itemId", which is no number',
    ],
    [
      'a list that is none',
      'achievements',
      more('gold: { tier: gold, emoji: g, goal: 1, counts: { event: itemCrafted, each: quantity } }'),
      'counts each of "quantity", which is no list of things',
    ],
    [
      'a rarity that is none',
      'achievements',
      more(
        'gold: { tier: gold, emoji: g, goal: 1, counts: { event: itemCrafted, where: { rarity: shiny } } }',
      ),
      'asks for rarity: "shiny", which "rarity" of "itemCrafted" can never be',
    ],
    [
      'a rarity that no recipe makes',
      'achievements',
      more(
        'gold: { tier: gold, emoji: g, goal: 1, counts: { event: itemCrafted, where: { rarity: epic } } }',
      ),
      'asks for rarity: epic, but no recipe makes anything "epic"',
    ],
    [
      'an item that no recipe makes',
      'achievements',
      more('gold: { tier: gold, emoji: g, goal: 1, counts: { event: itemCrafted, where: { itemId: ore } } }'),
      'asks for itemId: ore, but no recipe makes "ore"',
    ],
    [
      'an item that no place has',
      'achievements',
      more(
        'gold: { tier: gold, emoji: g, goal: 1, counts: { event: itemsGathered, each: items, where: { itemId: hammer } } }',
      ),
      'asks for itemId: hammer, but no place has "hammer"',
    ],
    [
      'a place that is none',
      'achievements',
      more(
        'gold: { tier: gold, emoji: g, goal: 1, counts: { event: itemsGathered, where: { placeId: moon } } }',
      ),
      'there is no place "moon"',
    ],
    [
      'more different places than there are',
      'achievements',
      more('gold: { tier: gold, emoji: g, goal: 3, counts: { event: itemsGathered, distinct: placeId } }'),
      'asks for 3 different values of placeId, and there are only 2',
    ],
    [
      'a ladder whose higher goal has the lower tier',
      'achievements',
      more('gold: { tier: silver, emoji: g, goal: 500, counts: { event: itemCrafted, sum: quantity } }'),
      'The achievement "gold" asks for 500 and is silver, while "many" asks for only 100 and is gold',
    ],
    [
      'two achievements for the same',
      'achievements',
      more('gold: { tier: gold, emoji: g, goal: 100, counts: { sum: quantity, event: itemCrafted } }'),
      'The achievements "many" and "gold" count the same up to 100',
    ],
    [
      'a word that means nothing, with its line',
      'recipes',
      instead('level: 3 }\nhammer', 'level: 3, colour: red }\nhammer'),
      'recipes.yaml:3: recipes.ingot',
    ],
    [
      'a reference to nothing, with its line',
      'recipes',
      instead('ingot: 2 }', 'mithril: 2 }'),
      'recipes.yaml:4: The recipe "hammer" names the item "mithril", which isn\'t there',
    ],
  ])('refuses %s', async (_what, file, change, words) => {
    const { mistakes } = await check(file, change);
    expect(mistakes.join('\n')).toContain(words);
  });

  test('refuses what has no name in one of the languages', async () => {
    const { mistakes } = await check(undefined, undefined, locales('mine'));
    expect(mistakes).toHaveLength(2);
    expect(mistakes[0]).toMatch(
      /places\.yaml:3: "mine" has no name in de: add "mine\.name" to .*de\/places\.json\./,
    );
  });

  test('names everything that a loop takes, and what it leaves', async () => {
    const { mistakes } = await check(
      'recipes',
      more('secret: { makes: log, yields: 3, takes: { plank: 1 }, time: 5s }'),
    );
    expect(mistakes[0]).toContain('recipes.yaml:2: ');
    expect(mistakes[0]).toContain('craft "secret"');
    expect(mistakes[0]).toMatch(/leaves [\d.]+ "\w+" more each time/);
  });

  test('warns of emojis that items share, and of materials that nothing uses', async () => {
    const { mistakes, warnings } = await check('items', instead('"🔩"', '"🟧"'));
    expect(mistakes).toEqual([]);
    expect(warnings.join('\n')).toContain('The items "plank" and "ingot" share the emoji 🟧');
    const unused = await check('recipes', instead('{ plank: 2, ingot: 2 }', '{ plank: 2 }'));
    expect(unused.warnings.join('\n')).toContain('The item "ingot" is refined and no recipe takes it');
  });

  test('refuses levels that nobody reaches because nothing at the first one brings XP', async () => {
    const folder = temporaryFolder('content');
    const poor = {
      ...SMALL,
      recipes: SMALL.recipes.replace('takes: { log: 2 }, time: 5s', 'takes: { log: 2 }, time: 5s, level: 2'),
      places: SMALL.places.replaceAll('xp: 2', 'xp: 0'),
      daily: '- { items: { log: 4 } }\n',
    };
    for (const [name, text] of Object.entries(poor)) writeFileSync(join(folder, `${name}.yaml`), text);
    const { mistakes } = await checkContent(folder, locales());
    expect(mistakes.join('\n')).toContain(
      'Nobody can ever make "plank": it needs level 2, and nothing at level 1 brings XP.',
    );
  });

  test('counts what players start with as no source', async () => {
    const { mistakes } = await check('starter', more('hammer: 1\nore: 1'));
    expect(mistakes).toEqual([]);
    const folder = temporaryFolder('content');
    for (const [name, text] of Object.entries(SMALL)) {
      const changed = { ...SMALL, places: SMALL.places.replace('ore: {', 'log: {'), starter: 'ore: 5\n' };
      writeFileSync(join(folder, `${name}.yaml`), changed[name as File] ?? text);
    }
    const only = await checkContent(folder, locales());
    expect(only.mistakes.join('\n')).toContain(
      'Beyond what a player starts with, nobody can ever have the item "ore"',
    );
  });
});

describe('the command', () => {
  const run = (...parameters: string[]) =>
    spawnSync(process.execPath, ['bin/run.js', 'scripts/content.ts', ...parameters], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
    });

  test('ends with 1 and says every mistake when there are some', () => {
    const folder = temporaryFolder('content');
    cpSync(join(PROJECT_ROOT, 'data/content'), folder, { recursive: true });
    appendFileSync(
      join(folder, 'recipes.yaml'),
      'wood_from_planks: { makes: oak_log, yields: 2, takes: { oak_plank: 2 }, time: 5s }\n',
    );
    const { status, stderr } = run('check', folder);
    expect(status).toBe(1);
    expect(stderr).toContain('This makes something out of nothing: craft "oak_plank"');
    expect(stderr).toContain('"wood_from_planks" has no name in de');
  });

  test('says how it is used when asked for what it cannot do', () => {
    const { status, stderr } = run('paint');
    expect(status).toBe(2);
    expect(stderr).toContain('npm run content -- check');
  });
});

describe('the search for prices', () => {
  const exchange = (changes: Record<string, number>) => new Map(Object.entries(changes));

  test('lets a loop be that gives back exactly what it took', () => {
    const outcome = findPrices(['a', 'b'], [exchange({ a: -1, b: 2 }), exchange({ b: -2, a: 1 })]);
    expect(outcome.fair).toBe(true);
  });

  test('finds prices at which nothing makes value', () => {
    const outcome = findPrices(['a', 'b', 'c'], [exchange({ a: -1, b: 5 }), exchange({ b: -2, c: 3 })]);
    if (!outcome.fair) throw new Error('There is no loop.');
    const price = (good: string) => outcome.prices.get(good) ?? 0;
    expect(5 * price('b')).toBeLessThanOrEqual(price('a') + 1e-9);
    expect(3 * price('c')).toBeLessThanOrEqual(2 * price('b') + 1e-9);
    expect(Math.min(...outcome.prices.values())).toBeGreaterThanOrEqual(1);
  });

  test('proves its answer for whatever there is to exchange', () => {
    const goods = ['a', 'b', 'c', 'd', 'e'];
    const change = fc.constantFrom(-7, -3, -2, -1, 0, 0, 0, 0.525, 1, 1.15, 2, 4);
    const some = fc.array(fc.array(change, { minLength: 5, maxLength: 5 }), { maxLength: 9 });
    fc.assert(
      fc.property(some, (rows) => {
        const exchanges = rows.map(
          (row) => new Map(row.map((number, index) => [goods[index] ?? '', number])),
        );
        // It throws when its answer is no proof.
        findPrices(goods, exchanges);
      }),
      { numRuns: 2_000 },
    );
  });

  test('finds a loop that needs two ways to come together', () => {
    const outcome = findPrices(
      ['a', 'b', 'c', 'd'],
      [exchange({ a: -1, b: 1, c: 1 }), exchange({ b: -1, d: 1 }), exchange({ c: -1, d: -1, a: 1.01 })],
    );
    if (outcome.fair) throw new Error('There is a loop.');
    expect(outcome.times.every((times) => times > 0)).toBe(true);
  });
});

describe('the drawing of the recipes', () => {
  test('shows every recipe and every arrow once', () => {
    const folder = temporaryFolder('content');
    cpSync(join(PROJECT_ROOT, 'data/content'), folder, { recursive: true });
    const catalog = loadCatalog(folder);
    const drawing = drawRecipes(catalog, (_kind, id) => id);
    for (const { id, takes } of catalog.recipes.values()) {
      expect(drawing.split(`\n  ${id}_made["`)).toHaveLength(2);
      expect(drawing.split(`| ${id}_made\n`)).toHaveLength(Object.keys(takes).length + 1);
    }
  });
});
