import type { Achievement, Content, Item, Recipe } from './schema.ts';

/** An amount of one item. */
export interface ItemAmount {
  readonly itemId: string;
  readonly quantity: number;
}

/** The game's content, checked and ready to be looked things up in. */
export class Catalog {
  readonly items: ReadonlyMap<string, Item>;
  readonly recipes: ReadonlyMap<string, Recipe>;
  readonly achievements: ReadonlyMap<string, Achievement>;
  readonly starter: readonly ItemAmount[];

  /** @throws Error listing every reference to something that isn't there */
  constructor(content: Content) {
    this.items = withIds(content.items);
    this.recipes = withIds(content.recipes);
    this.achievements = withIds(content.achievements);
    this.starter = toAmounts(content.starter);
    this.#checkReferences();
  }

  /** @throws Error when there is no such item; for ids that come from the content or the database */
  item(id: string): Item {
    const item = this.items.get(id);
    if (!item) throw new Error(`There is no item "${id}" in the content.`);
    return item;
  }

  #checkReferences(): void {
    const missing: string[] = [];
    const check = (where: string, itemId: string) => {
      if (!this.items.has(itemId)) missing.push(`${where} names the item "${itemId}", which isn't there.`);
    };
    for (const recipe of this.recipes.values()) {
      check(`The recipe "${recipe.id}"`, recipe.makes);
      for (const { itemId } of recipeInputs(recipe)) check(`The recipe "${recipe.id}"`, itemId);
    }
    for (const { itemId } of this.starter) check('The starter materials', itemId);
    if (missing.length > 0) throw new Error(missing.join('\n'));
  }
}

/** What one craft of a recipe takes. */
export function recipeInputs(recipe: Recipe): ItemAmount[] {
  return toAmounts(recipe.takes);
}

function toAmounts(amounts: Readonly<Record<string, number>>): ItemAmount[] {
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
