import type { Catalog } from '../catalog.ts';
import { recipeInputs } from '../catalog.ts';
import { CATEGORIES, type Category, type Recipe } from '../schema.ts';

/** How many recipes one drawing shows: more cannot be read on a page. */
const RECIPES_PER_DRAWING = 8;

const TITLES: Readonly<Record<Category, string>> = {
  raw: 'Raw materials',
  refined: 'Refined materials',
  component: 'Components',
  finished: 'Finished goods',
  masterpiece: 'Masterpieces',
};

/** What something is called. */
export type NameOf = (kind: 'items' | 'places', id: string) => string;

/** Draws what is made of what, as a page of Markdown with Mermaid: a few recipes in each drawing, by category and level. */
export function drawRecipes(catalog: Catalog, nameOf: NameOf): string {
  const sections = CATEGORIES.map((category) => {
    const recipes = [...catalog.recipes.values()]
      .filter(({ makes }) => catalog.item(makes).category === category)
      .sort((one, other) => one.level - other.level);
    return recipes.length === 0 ? '' : section(catalog, nameOf, TITLES[category], recipes);
  });
  return `${[
    '# Recipes',
    'Drawn from `data/content` by `npm run content -- graph`: do not edit. An arrow says how many a craft takes; a box what it makes, how many at once if more than one, from which level on and how long it takes.',
    rawMaterials(catalog, nameOf),
    ...sections.filter((text) => text !== ''),
  ].join('\n\n')}\n`;
}

function rawMaterials(catalog: Catalog, nameOf: NameOf): string {
  const rows = [...catalog.items.values()]
    .filter(({ category }) => category === 'raw')
    .map(({ id, emoji, rarity }) => {
      const places = catalog
        .placesWith(id)
        .map((place) => `${place.emoji} ${nameOf('places', place.id)} (level ${place.level})`);
      const others = [
        ...(catalog.daily.some(({ items }) => id in items) ? ['daily gifts'] : []),
        ...(id in catalog.engagement.finds ? ['the chat'] : []),
      ];
      return `| ${emoji} ${nameOf('items', id)} | ${rarity} | ${[...places, ...others].join(', ')} |`;
    });
  return ['## Raw materials', '', '| item | rarity | found in |', '|---|---|---|', ...rows].join('\n');
}

function section(catalog: Catalog, nameOf: NameOf, title: string, recipes: readonly Recipe[]): string {
  const drawings: string[] = [];
  const count = Math.ceil(recipes.length / RECIPES_PER_DRAWING);
  const each = Math.ceil(recipes.length / count);
  for (let from = 0; from < recipes.length; from += each) {
    const shown = recipes.slice(from, from + each);
    const levels = `from level ${shown[0]?.level} to ${shown.at(-1)?.level}`;
    drawings.push(`### ${title}, ${levels}\n\n${draw(catalog, nameOf, shown)}`);
  }
  return [`## ${title}`, ...drawings].join('\n\n');
}

function draw(catalog: Catalog, nameOf: NameOf, recipes: readonly Recipe[]): string {
  // With an ending, since Mermaid stumbles over ids such as `end`.
  const label = (itemId: string) => `${catalog.item(itemId).emoji} ${nameOf('items', itemId)}`;
  const made = recipes.map((recipe) => `  ${recipe.id}_made["${label(recipe.makes)}${detailsOf(recipe)}"]`);
  const takes = new Set(recipes.flatMap((recipe) => recipeInputs(recipe).map(({ itemId }) => itemId)));
  const taken = [...takes].map((itemId) => `  ${itemId}_taken(["${label(itemId)}"])`);
  const arrows = recipes.flatMap((recipe) =>
    recipeInputs(recipe).map(
      ({ itemId, quantity }) => `  ${itemId}_taken -->|${quantity}| ${recipe.id}_made`,
    ),
  );
  return ['```mermaid', 'flowchart LR', ...taken, ...made, ...arrows, '```'].join('\n');
}

function detailsOf({ yields, level, time }: Recipe): string {
  return `${yields > 1 ? ` × ${yields}` : ''}<br/>level ${level}, ${spanOf(time)}`;
}

/** A span of time for reading, such as `1 h 15 min`. */
export function spanOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0).slice(0, 2);
  return said.length === 0 ? '0 s' : said.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}
