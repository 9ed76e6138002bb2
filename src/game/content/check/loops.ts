import { EXPECTED_SHARE } from '../../salvage/returns.ts';
import { recipeInputs } from '../catalog.ts';
import type { Content, Place, Recipe } from '../schema.ts';
import type { Mistake } from '../source.ts';
import { type Exchange, findPrices, netOf } from './prices.ts';

/** What makes something of something else, as the search for loops sees it. */
interface Action {
  /** What is done, for the message. */
  readonly name: string;
  readonly path: Mistake['path'];
  readonly exchange: Exchange;
}

/**
 * Something out of nothing: a way of crafting, salvaging and taking supplies along which on average returns more than
 * it took. Masterworks come as often as they do at the best level. What a trip finds by itself costs time and is not
 * in it; what it finds more because of its supplies is.
 */
export function loops(content: Content): Mistake[] {
  const goods = Object.keys(content.items);
  const actions = actionsOf(content);
  const exchanges = actions.map(({ exchange }) => exchange);
  const found = findPrices(goods, exchanges);
  if (found.fair) return [];
  const steps = actions
    .map((action, index) => ({ action, times: found.times[index] ?? 0 }))
    .filter(({ times }) => times > 1e-9);
  const unit = Math.min(...steps.map(({ times }) => times));
  const gains = goods
    .map((good) => ({ good, gain: netOf(good, exchanges, found.times) / unit }))
    .filter(({ gain }) => gain > 1e-6);
  const doing = steps.map(({ action, times }) => `${action.name} (${round(times / unit)}×)`).join(', ');
  const gained = gains.map(({ good, gain }) => `${round(gain)} "${good}"`).join(', ');
  return [
    {
      path: steps[0]?.action.path ?? [],
      message: `This makes something out of nothing: ${doing}. It takes nothing in the end and leaves ${gained} more each time: let one of these yield less or take more.`,
    },
  ];
}

function actionsOf({ items, recipes, places, perks }: Content): Action[] {
  const best = Math.max(...Object.values(perks.masterworkChance)) / 100;
  const all = Object.entries(recipes).map(([id, recipe]) => ({ ...recipe, id }));
  const usual = Object.keys(items).flatMap((item) => all.find(({ makes }) => makes === item) ?? []);
  return [
    ...all.map((recipe) => crafting(recipe, best)),
    ...usual.map(salvaging),
    ...Object.entries(places).flatMap(([id, place]) => supplying({ ...place, id })),
  ];
}

function crafting(recipe: Recipe, masterworkChance: number): Action {
  const { id, makes, yields } = recipe;
  return {
    name: `craft "${id}"`,
    path: ['recipes', id],
    exchange: exchange([
      ...recipeInputs(recipe).map(({ itemId, quantity }) => [itemId, -quantity] as const),
      [makes, yields * (1 + masterworkChance)],
    ]),
  };
}

function salvaging(recipe: Recipe): Action {
  const { id, makes, yields } = recipe;
  return {
    name: `salvage "${makes}"`,
    path: ['recipes', id],
    exchange: exchange([
      ...recipeInputs(recipe).map(
        ({ itemId, quantity }) => [itemId, (quantity * EXPECTED_SHARE) / yields] as const,
      ),
      [makes, -1],
    ]),
  };
}

function supplying({ id, supplies, finds }: Place): Action[] {
  if (!supplies) return [];
  const { item, bonus } = supplies;
  const more = Object.entries(finds).map(
    ([itemId, { chance, least, most }]) => [itemId, chance * ((least + most) / 2) * bonus] as const,
  );
  return [
    {
      name: `take "${item}" along to "${id}"`,
      path: ['places', id, 'supplies'],
      exchange: exchange([...more, [item, -1]]),
    },
  ];
}

function exchange(changes: readonly (readonly [string, number])[]): Exchange {
  const total = new Map<string, number>();
  for (const [itemId, change] of changes) total.set(itemId, (total.get(itemId) ?? 0) + change);
  return total;
}

function round(number: number): string {
  return String(Number(number.toPrecision(3)));
}
