import { container } from '@sapphire/framework';

/** Turns a key of `data/locales` and its facts into a sentence. */
export type Translate = (key: string, facts?: Readonly<Record<string, unknown>>) => string;

const translators = new Map<string, Translate>();

/** The sentences of a language; what a language lacks is said in English. */
export function translator(language: string): Translate {
  const known = translators.get(language);
  if (known) return known;
  const t = container.i18n.getT(language);
  // Names and labels are asked for again and again, and looking one up takes longer than one would think.
  const plain = new Map<string, string>();
  const translate: Translate = (key, facts) => {
    if (facts) return t(key, { ...facts });
    const text = plain.get(key) ?? t(key);
    plain.set(key, text);
    return text;
  };
  translators.set(language, translate);
  return translate;
}

/** Until servers can choose, everybody is spoken to in this language. */
export const DEFAULT_LANGUAGE = 'en-US';

/** How an item is shown within a sentence: its emoji and its name. */
export function itemName(t: Translate, itemId: string): string {
  const emoji = container.game.catalog.current.items.get(itemId)?.emoji ?? '📦';
  return `${emoji} ${t(`items:${itemId}.name`)}`;
}

/** How a recipe is called: after what it makes. */
export function recipeName(t: Translate, recipeId: string): string {
  const recipe = container.game.catalog.current.recipes.get(recipeId);
  return t(`items:${recipe?.makes ?? recipeId}.name`);
}

/** A list of amounts, such as "3 × 🪵 Oak Log, 1 × ⚫ Coal". */
export function amounts(t: Translate, items: readonly { itemId: string; quantity: number }[]): string {
  return items.map(({ itemId, quantity }) => `${quantity} × ${itemName(t, itemId)}`).join(', ');
}
