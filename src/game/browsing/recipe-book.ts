import { type Catalog, recipeInputs } from '../content/catalog.ts';
import type { Category, Recipe } from '../content/schema.ts';
import type { Means } from '../crafting/plan.ts';

/** What one craft of a recipe takes of an item, and how much of it is there. */
export interface Ingredient {
  readonly itemId: string;
  readonly needed: number;
  readonly have: number;
}

/** A recipe as somebody stands to it. */
export interface RecipeEntry {
  readonly recipe: Recipe;
  readonly ingredients: readonly Ingredient[];
  readonly levelReached: boolean;
  /** How many times it can be made now; 0 also where the level isn't reached. */
  readonly times: number;
}

/** Which recipes somebody wants to see. */
export interface RecipeFilter {
  /** Only what can be made now. */
  readonly makeable: boolean;
  /** Only what takes this item. */
  readonly uses: string | undefined;
  /** Only what makes something of this category. */
  readonly category: Category | undefined;
}

/** A recipe as somebody stands to it who has these means. */
export function recipeEntry(recipe: Recipe, { holdings, level }: Means): RecipeEntry {
  const ingredients = recipeInputs(recipe).map(({ itemId, quantity }) => ({
    itemId,
    needed: quantity,
    have: holdings.get(itemId) ?? 0,
  }));
  const levelReached = level >= recipe.level;
  const possible = Math.min(...ingredients.map(({ needed, have }) => Math.floor(have / needed)));
  return { recipe, ingredients, levelReached, times: levelReached ? possible : 0 };
}

/** The recipes that fit, those that can be made now first, then those whose level is reached, then by level. */
export function recipeBook(catalog: Catalog, means: Means, filter: RecipeFilter): RecipeEntry[] {
  const { makeable, uses, category } = filter;
  const recipes = uses === undefined ? [...catalog.recipes.values()] : catalog.recipesUsing(uses);
  return recipes
    .filter(({ makes }) => category === undefined || catalog.item(makes).category === category)
    .map((recipe) => recipeEntry(recipe, means))
    .filter(({ times }) => !makeable || times > 0)
    .sort((one, other) => rank(one) - rank(other) || one.recipe.level - other.recipe.level);
}

function rank({ times, levelReached }: RecipeEntry): number {
  if (times > 0) return 0;
  return levelReached ? 1 : 2;
}
