import { RARITIES } from '../src/events/rarity.ts';
import { type Catalog, type ItemAmount, recipeInputs } from '../src/game/content/catalog.ts';
import { CATEGORIES, type Place, type Recipe } from '../src/game/content/schema.ts';
import { LARGEST_QUANTITY } from '../src/game/crafting/crafting.ts';
import { type CraftPlan, planCraft } from '../src/game/crafting/plan.ts';
import { missingItems } from '../src/game/inventory/inventory.ts';
import { CRAFTING_XP } from '../src/game/progression/progression.ts';
import type { Random } from '../src/world/random.ts';
import { DAY } from './clock.ts';
import { type Action, expectedFind, type Mind, openPlaces, pick, type View } from './mind.ts';

/** After this long without success, a player wants something else. */
const PATIENCE = 4 * DAY;

/** How many of a finished thing a player keeps before they take some apart. */
const KEPT = 3;

/**
 * Somebody who wants something: the best recipe they have open and haven't made yet (or one of the best again), and who
 * goes, refines and builds until it is done. What the wish doesn't need goes into whatever brings XP.
 */
export class Ambition implements Mind {
  readonly #salvages: boolean;
  #goal: { readonly recipeId: string; readonly since: number } | undefined;
  readonly #givenUp = new Map<string, number>();

  constructor(options: { readonly salvages: boolean }) {
    this.#salvages = options.salvages;
  }

  decide(view: View, random: Random): Action | undefined {
    if (view.giftThere) return { kind: 'daily' };
    const goal = this.#goalFor(view, random);
    const plan = goal && planFor(view, goal);
    if (!view.underWay) {
      const trip = tripFor(view, plan, random);
      if (trip) return trip;
    }
    if (view.room <= 0) return undefined;
    return (
      (plan && nextStep(view, plan)) ??
      sideWork(view, plan) ??
      (this.#salvages ? salvageOf(view, random) : undefined)
    );
  }

  #goalFor(view: View, random: Random): Recipe | undefined {
    const current = this.#goal && view.catalog.recipes.get(this.#goal.recipeId);
    if (current && this.#goal && !isUnderWay(view, current) && !view.made.has(current.id)) {
      if (view.now - this.#goal.since < PATIENCE) return current;
      this.#givenUp.set(current.id, view.now);
    }
    const wishes = wishesOf(view).filter(
      ({ id }) => view.now - (this.#givenUp.get(id) ?? Number.NEGATIVE_INFINITY) > 2 * PATIENCE,
    );
    const fresh = wishes.filter(({ id }) => !view.made.has(id));
    const next = pick((fresh.length > 0 ? fresh : wishes).slice(0, 3), random);
    this.#goal = next && { recipeId: next.id, since: view.now };
    return next;
  }
}

/** The open recipes whose materials the player can find, the proudest first. */
function wishesOf(view: View): Recipe[] {
  return [...view.catalog.recipes.values()]
    .filter((recipe) => recipe.level <= view.level && !isUnderWay(view, recipe))
    .filter((recipe) => canBeHad(view, recipe))
    .sort((one, other) => pride(view.catalog, other) - pride(view.catalog, one));
}

function canBeHad(view: View, recipe: Recipe): boolean {
  const { steps, materials } = planFor(view, recipe);
  if (steps.some(({ state }) => state === 'locked')) return false;
  return materials.every(({ places, sources }) =>
    places.length > 0 ? places.some(({ level }) => level <= view.level) : sources.length > 0,
  );
}

function pride(catalog: Catalog, { makes }: Recipe): number {
  const { category, rarity } = catalog.item(makes);
  return CATEGORIES.indexOf(category) * 10 + RARITIES.indexOf(rarity);
}

function isUnderWay({ coming }: View, { makes }: Recipe): boolean {
  return coming.some(({ itemId }) => itemId === makes);
}

/** What has to be made and found, what is at work already counted as there. */
function planFor({ catalog, holdings, coming, level }: View, recipe: Recipe): CraftPlan {
  const expected = new Map(holdings);
  for (const { itemId, quantity } of coming) expected.set(itemId, (expected.get(itemId) ?? 0) + quantity);
  return planCraft(catalog, { holdings: expected, level }, recipe, 1);
}

/** Where to go: where most of what the wish lacks is found, or where the eye is pleased. */
export function tripFor(view: View, plan: CraftPlan | undefined, random: Random): Action | undefined {
  const open = openPlaces(view);
  const worth = (place: Place) =>
    (plan?.materials ?? []).reduce(
      (total, { itemId, needed, have }) =>
        total + Math.min(1, expectedFind(place, itemId) / Math.max(1, needed - have)),
      0,
    );
  const useful = open
    .map((place) => ({ place, worth: worth(place) }))
    .filter(({ worth }) => worth > 0)
    .sort((one, other) => other.worth - one.worth);
  const place = useful[0]?.place ?? pick(open.slice(-4), random);
  if (!place) return undefined;
  return { kind: 'gather', placeId: place.id, supplies: hasSpareSupplies(view, place, plan) };
}

function hasSpareSupplies({ holdings }: View, { supplies }: Place, plan: CraftPlan | undefined): boolean {
  if (!supplies) return false;
  const needed = plan ? recipeInputs(plan.recipe).some(({ itemId }) => itemId === supplies.item) : false;
  return !needed && (holdings.get(supplies.item) ?? 0) > 0;
}

/** The first step of the plan whose materials are really at hand. */
function nextStep(view: View, { steps }: CraftPlan): Action | undefined {
  for (const { recipe, quantity, state } of steps) {
    if (state === 'locked') continue;
    const possible = Math.min(quantity, mostOf(view, recipeInputs(recipe)));
    if (possible > 0) return craft(recipe, possible);
  }
  return undefined;
}

/** What brings XP of what the wish leaves over: the best first, in lots that leave room for others. */
function sideWork(view: View, plan: CraftPlan | undefined): Action | undefined {
  const reserved = new Set([
    ...(plan?.materials ?? []).map(({ itemId }) => itemId),
    ...(plan?.steps ?? []).flatMap(({ recipe }) => recipeInputs(recipe).map(({ itemId }) => itemId)),
  ]);
  const best = [...view.catalog.recipes.values()]
    .filter((recipe) => recipe.level <= view.level)
    .filter((recipe) => recipeInputs(recipe).every(({ itemId }) => !reserved.has(itemId)))
    .map((recipe) => ({ recipe, possible: mostOf(view, recipeInputs(recipe)) }))
    .filter(({ possible }) => possible > 0)
    .sort((one, other) => xpOf(view, other.recipe) - xpOf(view, one.recipe))[0];
  return best && craft(best.recipe, Math.min(best.possible, 5));
}

function xpOf({ catalog }: View, { makes }: Recipe): number {
  return CRAFTING_XP[catalog.item(makes).rarity];
}

/** How many crafts the materials at hand are enough for. */
export function mostOf({ holdings }: View, inputs: readonly ItemAmount[]): number {
  if (missingItems(holdings, inputs).length > 0) return 0;
  return Math.min(
    LARGEST_QUANTITY,
    ...inputs.map(({ itemId, quantity }) => Math.floor((holdings.get(itemId) ?? 0) / quantity)),
  );
}

function craft({ id }: Recipe, quantity: number): Action {
  return { kind: 'craft', recipeId: id, quantity };
}

/** Something of which there is more than anybody needs. */
export function salvageOf({ catalog, holdings }: View, random: Random): Action | undefined {
  const spare = [...holdings].filter(
    ([itemId, quantity]) =>
      quantity > KEPT &&
      catalog.item(itemId).category === 'finished' &&
      catalog.recipesMaking(itemId).length > 0,
  );
  const [itemId, quantity] = pick(spare, random) ?? [];
  if (itemId === undefined || quantity === undefined) return undefined;
  return { kind: 'salvage', itemId, quantity: quantity - KEPT };
}
