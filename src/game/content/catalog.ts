import { unknownReferences } from './references.ts';
import type { Achievement, Content, DailyGift, Item, PerkName, Place, Recipe } from './schema.ts';

/** An amount of one item. */
export interface ItemAmount {
  readonly itemId: string;
  readonly quantity: number;
}

/** What opens up when a level is reached. */
export interface Unlocks {
  readonly recipes: readonly Recipe[];
  readonly places: readonly Place[];
  readonly perks: readonly { readonly perk: PerkName; readonly value: number }[];
}

/** The game's content, checked and ready to be looked things up in. */
export class Catalog {
  readonly items: ReadonlyMap<string, Item>;
  readonly recipes: ReadonlyMap<string, Recipe>;
  readonly places: ReadonlyMap<string, Place>;
  readonly achievements: ReadonlyMap<string, Achievement>;
  readonly daily: readonly DailyGift[];
  readonly engagement: Content['engagement'];
  readonly starter: readonly ItemAmount[];
  readonly #perks: ReadonlyMap<PerkName, readonly PerkStep[]>;
  readonly #makers: ReadonlyMap<string, readonly Recipe[]>;
  readonly #users: ReadonlyMap<string, readonly Recipe[]>;

  /** @throws Error listing every reference to something that isn't there */
  constructor(content: Content) {
    const unknown = unknownReferences(content);
    if (unknown.length > 0) throw new Error(unknown.map(({ message }) => message).join('\n'));
    this.items = withIds(content.items);
    this.recipes = withIds(content.recipes);
    this.places = withIds(content.places);
    this.achievements = withIds(content.achievements);
    this.daily = content.daily;
    this.engagement = content.engagement;
    this.starter = toAmounts(content.starter);
    this.#perks = new Map(
      Object.entries(content.perks).map(([perk, steps]) => [perk as PerkName, perkSteps(steps)]),
    );
    const recipes = [...this.recipes.values()];
    this.#makers = Map.groupBy(recipes, ({ makes }) => makes);
    this.#users = indexByInput(recipes);
  }

  /** @throws Error when there is no such item; for ids that come from the content or the database */
  item(id: string): Item {
    const item = this.items.get(id);
    if (!item) throw new Error(`There is no item "${id}" in the content.`);
    return item;
  }

  /** The recipes that make an item; the first is the usual one. */
  recipesMaking(itemId: string): readonly Recipe[] {
    return this.#makers.get(itemId) ?? [];
  }

  /** The recipes that take an item. */
  recipesUsing(itemId: string): readonly Recipe[] {
    return this.#users.get(itemId) ?? [];
  }

  /** The places where an item can be found, the first that a player can reach first. */
  placesWith(itemId: string): Place[] {
    return [...this.places.values()]
      .filter(({ finds }) => itemId in finds)
      .sort((one, other) => one.level - other.level);
  }

  /** What a perk is at a level. */
  perk(perk: PerkName, level: number): number {
    return this.#perks.get(perk)?.findLast((step) => step.level <= level)?.value ?? 0;
  }

  /** What opens up between two levels, the lower one excluded. */
  unlocks(from: number, to: number): Unlocks {
    const opens = ({ level }: { readonly level: number }) => level > from && level <= to;
    return {
      recipes: [...this.recipes.values()].filter(opens),
      places: [...this.places.values()].filter(opens),
      perks: [...this.#perks].flatMap(([perk, steps]) => {
        const last = steps.findLast(opens);
        return last ? [{ perk, value: last.value }] : [];
      }),
    };
  }
}

interface PerkStep {
  readonly level: number;
  readonly value: number;
}

function perkSteps(steps: Readonly<Record<string, number>>): PerkStep[] {
  return Object.entries(steps)
    .map(([level, value]) => ({ level: Number(level), value }))
    .sort((one, other) => one.level - other.level);
}

function indexByInput(recipes: readonly Recipe[]): Map<string, Recipe[]> {
  const users = new Map<string, Recipe[]>();
  for (const recipe of recipes) {
    for (const { itemId } of recipeInputs(recipe)) users.set(itemId, [...(users.get(itemId) ?? []), recipe]);
  }
  return users;
}

/** What one craft of a recipe takes. */
export function recipeInputs(recipe: Recipe): ItemAmount[] {
  return toAmounts(recipe.takes);
}

/** Amounts as they are written in the content, as a list. */
export function toAmounts(amounts: Readonly<Record<string, number>>): ItemAmount[] {
  return Object.entries(amounts).map(([itemId, quantity]) => ({ itemId, quantity }));
}

function withIds<Entry>(
  entries: Readonly<Record<string, Entry>>,
): Map<string, Entry & { readonly id: string }> {
  return new Map(Object.entries(entries).map(([id, entry]) => [id, { ...entry, id }]));
}

/** Where the catalog in force is found: it is replaced as a whole when the content changes. */
export interface CatalogSource {
  readonly current: Catalog;
}
