import { type Catalog, recipeInputs } from '../content/catalog.ts';
import type { Place, Recipe } from '../content/schema.ts';
import type { Holdings, MissingItem } from '../inventory/inventory.ts';

/** One order of a plan. */
export interface PlanStep {
  readonly recipe: Recipe;
  /** How many crafts of the recipe. */
  readonly quantity: number;
  /** `later` needs what steps before it make, or what is still to be found; `locked` needs a higher level. */
  readonly state: 'now' | 'later' | 'locked';
}

/** A material that no recipe makes, and of which there isn't enough. */
export interface MissingMaterial extends MissingItem {
  /** Where trips find it, the place for the lowest level first. */
  readonly places: readonly Place[];
  /** Where else it comes from. */
  readonly sources: readonly ('daily' | 'engagement')[];
}

/** The way to something: what has to be made for it, and what has to be found for that. */
export interface CraftPlan {
  readonly recipe: Recipe;
  readonly quantity: number;
  /** Components before what they are for; the last one is what is wanted. */
  readonly steps: readonly PlanStep[];
  readonly materials: readonly MissingMaterial[];
}

/** What somebody has to start from. */
export interface Means {
  readonly holdings: Holdings;
  readonly level: number;
}

/**
 * Plans what has to be made, in which order, so that something can be made: of each component what is neither at hand
 * nor left over from a craft that yields several.
 *
 * @param quantity how many crafts of the recipe
 */
export function planCraft(catalog: Catalog, means: Means, recipe: Recipe, quantity: number): CraftPlan {
  const ways = waysTo(catalog, recipe, means.level);
  const { orders, missing } = countUp(ways, means.holdings, recipe, quantity);
  return {
    recipe,
    quantity,
    steps: withStates(orders, means),
    materials: missing.map((material) => ({ ...material, ...whereabouts(catalog, material.itemId) })),
  };
}

/** An item that may be needed, and the recipe by which the plan would make it; null for what has to be found. */
interface Way {
  readonly itemId: string;
  readonly recipe: Recipe | null;
}

/**
 * Everything that may be needed, components before what they are for. Each item is made in one way only, so that its
 * amounts add up; a recipe that would need what it is to help making is none of them.
 */
function waysTo(catalog: Catalog, recipe: Recipe, level: number): Way[] {
  const ways = new Map<string, Way>();
  const visit = (itemId: string, recipe: Recipe | null, path: readonly string[]) => {
    const onPath = [...path, itemId];
    for (const input of recipe ? recipeInputs(recipe) : []) {
      if (ways.has(input.itemId) || onPath.includes(input.itemId)) continue;
      visit(input.itemId, recipeFor(catalog, input.itemId, level, onPath), onPath);
    }
    ways.set(itemId, { itemId, recipe });
  };
  visit(recipe.makes, recipe, []);
  return [...ways.values()];
}

/** The usual recipe for an item, or another one if only that one's level is reached. */
function recipeFor(catalog: Catalog, itemId: string, level: number, path: readonly string[]): Recipe | null {
  const possible = catalog
    .recipesMaking(itemId)
    .filter((recipe) => recipeInputs(recipe).every((input) => ![...path, itemId].includes(input.itemId)));
  return possible.find((recipe) => recipe.level <= level) ?? possible[0] ?? null;
}

interface Order {
  readonly recipe: Recipe;
  readonly quantity: number;
}

/** How many of each has to be made or found: what is for others is counted after them, when all they need is known. */
function countUp(
  ways: readonly Way[],
  holdings: Holdings,
  wanted: Recipe,
  quantity: number,
): { readonly orders: Order[]; readonly missing: MissingItem[] } {
  const needs = new Map<string, number>();
  const orders: Order[] = [];
  const missing: MissingItem[] = [];
  for (const { itemId, recipe } of ways.toReversed()) {
    const needed = needs.get(itemId) ?? 0;
    const have = holdings.get(itemId) ?? 0;
    const crafts = recipe === wanted ? quantity : Math.ceil((needed - have) / (recipe?.yields ?? 1));
    if (crafts <= 0) continue;
    if (!recipe) {
      missing.unshift({ itemId, needed, have });
      continue;
    }
    orders.unshift({ recipe, quantity: crafts });
    for (const input of recipeInputs(recipe)) {
      needs.set(input.itemId, (needs.get(input.itemId) ?? 0) + input.quantity * crafts);
    }
  }
  return { orders, missing };
}

/** Which orders can be made now, all of them together: what one takes is not there for the next. */
function withStates(orders: readonly Order[], { holdings, level }: Means): PlanStep[] {
  const left = new Map(holdings);
  return orders.map((order) => {
    const { recipe, quantity } = order;
    if (level < recipe.level) return { ...order, state: 'locked' };
    const inputs = recipeInputs(recipe);
    const isThere = inputs.every((input) => (left.get(input.itemId) ?? 0) >= input.quantity * quantity);
    if (!isThere) return { ...order, state: 'later' };
    for (const input of inputs) {
      left.set(input.itemId, (left.get(input.itemId) ?? 0) - input.quantity * quantity);
    }
    return { ...order, state: 'now' };
  });
}

function whereabouts(catalog: Catalog, itemId: string): Pick<MissingMaterial, 'places' | 'sources'> {
  const isDaily = catalog.daily.some(({ items }) => itemId in items);
  const isChat = itemId in catalog.engagement.finds;
  return {
    places: catalog.placesWith(itemId),
    sources: [isDaily ? ['daily' as const] : [], isChat ? ['engagement' as const] : []].flat(),
  };
}
