import { recipeInputs } from '../catalog.ts';
import type { Content, Recipe } from '../schema.ts';
import type { Mistake } from '../source.ts';

/** From which level on everything can be had again and again; what is missing never can. The starter is no such source. */
export interface Reach {
  readonly items: ReadonlyMap<string, number>;
  readonly recipes: ReadonlyMap<string, number>;
}

/**
 * Finds out what players can reach at which level, and goes on until nothing gets any earlier: what places, daily gifts
 * and the chat bring, and what can be crafted of that. Levels above the first count only if something at level 1
 * brings XP.
 */
export function reachOf(content: Content): Reach {
  const everything = fixpoint(content);
  if (levelsRise(content, everything)) return everything;
  const atFirst = (levels: ReadonlyMap<string, number>) =>
    new Map([...levels].filter(([, level]) => level <= 1));
  return { items: atFirst(everything.items), recipes: atFirst(everything.recipes) };
}

function fixpoint({ recipes, places, daily, engagement }: Content): Reach {
  const items = new Map<string, number>();
  const reached = new Map<string, number>();
  const bring = (itemId: string, level: number) => lower(items, itemId, level);
  for (const { items: gifts } of daily) for (const itemId of Object.keys(gifts)) bring(itemId, 1);
  if (engagement.chancePerPoint > 0) for (const itemId of Object.keys(engagement.finds)) bring(itemId, 1);
  for (const { finds, level } of Object.values(places)) for (const id of Object.keys(finds)) bring(id, level);
  for (let earlier = true; earlier; ) {
    earlier = false;
    for (const [id, recipe] of Object.entries(recipes)) {
      const level = Math.max(recipe.level, ingredientsLevel(items, { ...recipe, id }));
      if (level === Number.POSITIVE_INFINITY || !lower(reached, id, level)) continue;
      bring(recipe.makes, level);
      earlier = true;
    }
  }
  return { items, recipes: reached };
}

/** The lowest level at which all ingredients can be had; infinite where one never can. */
function ingredientsLevel(items: ReadonlyMap<string, number>, recipe: Recipe): number {
  return Math.max(...recipeInputs(recipe).map(({ itemId }) => items.get(itemId) ?? Number.POSITIVE_INFINITY));
}

function lower(levels: Map<string, number>, id: string, level: number): boolean {
  if ((levels.get(id) ?? Number.POSITIVE_INFINITY) <= level) return false;
  levels.set(id, level);
  return true;
}

function levelsRise({ places, daily }: Content, { recipes }: Reach): boolean {
  const trips = Object.values(places).some(({ level, xp }) => level === 1 && xp > 0);
  return trips || daily.some(({ xp }) => xp > 0) || [...recipes.values()].some((level) => level === 1);
}

/** Items that nobody can have, and recipes that nobody can make. */
export function unreachable(content: Content, reach: Reach): Mistake[] {
  const items = Object.keys(content.items)
    .filter((id) => !reach.items.has(id))
    .map((id) => ({ path: ['items', id], message: whyNobodyHas(content, id) }));
  const recipes = Object.entries(content.recipes)
    .filter(([id]) => !reach.recipes.has(id))
    .map(([id, recipe]) => ({
      path: ['recipes', id],
      message: whyNobodyMakes(content, { ...recipe, id }, reach),
    }));
  return [...items, ...recipes];
}

function whyNobodyHas({ recipes, starter }: Content, itemId: string): string {
  const makers = Object.entries(recipes)
    .filter(([, { makes }]) => makes === itemId)
    .map(([id]) => `"${id}"`);
  if (makers.length > 0) {
    return `Nobody can ever have the item "${itemId}": nobody can make ${makers.join(' or ')}, and no trip brings it.`;
  }
  const only = Object.hasOwn(starter, itemId) ? 'Beyond what a player starts with, nobody' : 'Nobody';
  return `${only} can ever have the item "${itemId}": let a place, a daily gift or the chat bring it, or add a recipe that makes it.`;
}

function whyNobodyMakes({ recipes }: Content, recipe: Recipe, reach: Reach): string {
  const never = recipeInputs(recipe)
    .filter(({ itemId }) => !reach.items.has(itemId))
    .map(({ itemId }) => (recipes[recipe.id]?.makes === itemId ? `"${itemId}" itself` : `"${itemId}"`));
  if (never.length > 0) {
    return `Nobody can ever make "${recipe.id}": it takes ${never.join(' and ')}, which nobody can have.`;
  }
  return `Nobody can ever make "${recipe.id}": it needs level ${recipe.level}, and nothing at level 1 brings XP. Let a place or a daily gift bring some.`;
}

/** Recipes that are shown as open at a level at which their ingredients cannot be had yet. */
export function gatesInWrongOrder({ recipes }: Content, reach: Reach): Mistake[] {
  return Object.entries(recipes).flatMap(([id, recipe]) => {
    const late = recipeInputs({ ...recipe, id })
      .map(({ itemId }) => ({ itemId, level: reach.items.get(itemId) ?? 0 }))
      .filter(({ level }) => level > recipe.level)
      .sort((one, other) => other.level - one.level)[0];
    if (!late) return [];
    return {
      path: ['recipes', id],
      message: `The recipe "${id}" opens at level ${recipe.level}, but "${late.itemId}", which it takes, can be had from level ${late.level} on: write level: ${late.level} or more, or let the ingredient be had earlier.`,
    };
  });
}
