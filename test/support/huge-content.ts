import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import type { Catalog } from '../../src/game/content/catalog.ts';
import { catalogWith } from './content.ts';
import { temporaryFolder } from './game.ts';

const RARITIES = ['common', 'uncommon', 'rare', 'epic', 'legendary'];
const CATEGORIES = ['raw', 'refined', 'component', 'finished', 'masterpiece'];
const EMOJI = '🏴‍☠️';

/** The longest ids that the content takes. */
export const ITEM_IDS = Array.from({ length: 500 }, (_, number) => longId('item', number));
const RAW = ITEM_IDS.slice(0, 200);
const PARTS = ITEM_IDS.slice(200, 350);
const WHOLES = ITEM_IDS.slice(350);
const PLACE_IDS = Array.from({ length: 30 }, (_, number) => longId('place', number));

/**
 * Content in which everything is as long and as much as it can get: 500 kinds of items, each with a name of forty
 * characters, all of which a newcomer has; recipes of eight ingredients, half of which one never has enough of; an item
 * that every recipe takes and every place has.
 */
export function hugeCatalog(): Catalog {
  const [everywhere = ''] = RAW;
  const recipe = (makes: string, index: number, from: readonly string[]) => ({
    makes,
    yields: 1 + (index % 3),
    takes: { [everywhere]: 1_000, ...eightOf(from, index) },
    time: '23h',
    level: index % 2 === 0 ? 1 : 100,
  });
  return catalogWith({
    items: Object.fromEntries(
      ITEM_IDS.map((id, index) => [
        id,
        {
          category: CATEGORIES[index % CATEGORIES.length],
          rarity: RARITIES[index % RARITIES.length],
          emoji: EMOJI,
        },
      ]),
    ),
    recipes: Object.fromEntries([
      ...PARTS.map((id, index) => [id, recipe(id, index, RAW)]),
      ...WHOLES.map((id, index) => [id, recipe(id, index, PARTS)]),
      // Other ways to the same.
      ...Array.from({ length: 30 }, (_, index) => [
        longId('another_way', index),
        recipe(PARTS[0] ?? '', index, RAW),
      ]),
    ]),
    places: Object.fromEntries(
      PLACE_IDS.map((id, index) => [
        id,
        {
          emoji: EMOJI,
          level: index % 2 === 0 ? 1 : 100,
          time: '23h',
          xp: 10_000,
          finds: Object.fromEntries([
            [everywhere, { least: 999, most: 1_000 }],
            ...RAW.slice(1 + index, 20 + index).map((find) => [find, { least: 999, most: 1_000 }]),
          ]),
          supplies: { item: everywhere, bonus: 2 },
        },
      ]),
    ),
    daily: Array.from({ length: 7 }, (_, day) => ({
      items: { [everywhere]: 1_000, ...eightOf(RAW, day) },
      xp: 10_000,
    })),
    engagement: { chancePerPoint: 1, finds: eightOf(RAW, 0) },
    starter: Object.fromEntries(ITEM_IDS.map((id) => [id, 1_000])),
    perks: {
      craftingSlots: { 1: 20 },
      queueLength: { 1: 40 },
      gatheringBonus: { 1: 30 },
      masterworkChance: { 1: 15 },
    },
  });
}

/** The languages that players get, with the longest names for {@link hugeCatalog}. */
export function hugeLocales(): string {
  const folder = temporaryFolder('locales');
  cpSync(join(PROJECT_ROOT, 'data/locales'), folder, { recursive: true });
  for (const language of readdirSync(folder)) {
    const ways = Array.from({ length: 30 }, (_, index) => longId('another_way', index));
    replace(join(folder, language, 'items.json'), longTexts(ITEM_IDS));
    replace(join(folder, language, 'recipes.json'), longTexts(ways));
    replace(join(folder, language, 'places.json'), longTexts(PLACE_IDS));
    const achievements = join(folder, language, 'achievements.json');
    replace(achievements, longTexts(Object.keys(JSON.parse(readFileSync(achievements, 'utf8')) as object)));
  }
  return folder;
}

function longTexts(ids: readonly string[]): object {
  return Object.fromEntries(
    ids.map((id, index) => {
      const name = `${index} of the Ünlikely Longest Names There Ever`.padEnd(40, 'r').slice(0, 40);
      return [id, { name, description: `${name} was. `.repeat(5) }];
    }),
  );
}

function longId(kind: string, number: number): string {
  return `${kind}_${String(number).padStart(31 - kind.length, '0')}`;
}

function eightOf(ids: readonly string[], from: number): Record<string, number> {
  return Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [ids[(from + index) % ids.length] ?? '', 1_000]),
  );
}

function replace(file: string, content: object): void {
  writeFileSync(file, JSON.stringify(content));
}
