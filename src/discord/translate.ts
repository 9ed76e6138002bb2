import { container } from '@sapphire/framework';
import type { InternationalizationOptions } from '@sapphire/plugin-i18next';
import type { BaseInteraction } from 'discord.js';

/** Turns a key of `data/locales` and its facts into a sentence. */
export type Translate = (key: string, facts?: Readonly<Record<string, unknown>>) => string;

/** What is spoken where nobody's language is known, and where a language lacks a sentence. */
export const DEFAULT_LANGUAGE = 'en-US';

/**
 * How Sapphire's plugin reads the languages and fills in sentences.
 *
 * @param directory with a folder for each language
 */
export function languageOptions(directory: string): InternationalizationOptions {
  return {
    defaultLanguageDirectory: directory,
    defaultName: DEFAULT_LANGUAGE,
    fetchLanguage: ({ interactionLocale }) => languageFor(interactionLocale),
    i18next: {
      showSupportNotice: false,
      returnObjects: false,
      load: 'currentOnly',
      // What people typed is said back to them: braces in it are no placeholders.
      interpolation: { escapeValue: false, skipOnVariables: true },
    },
  };
}

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

/** Reads every sentence again. What Discord itself shows of commands stays as it is until the next start. */
export async function reloadTexts(): Promise<void> {
  await container.i18n.reloadResources();
  translators.clear();
}

/** The sentences in the language that the Discord of whoever asks speaks. */
export function translatorOf({ locale }: BaseInteraction): Translate {
  return translator(languageFor(locale));
}

/**
 * The folder of `data/locales` that fits a locale best: its own, else one of the same language, else English.
 *
 * @param locale as Discord names it, such as `de` or `en-GB`; null where it isn't known
 */
export function languageFor(locale: string | null | undefined): string {
  const languages = [...container.i18n.languages.keys()];
  if (locale == null) return DEFAULT_LANGUAGE;
  const [language] = locale.split('-');
  return (
    languages.find((each) => each === locale) ??
    languages.find((each) => each.split('-')[0] === language) ??
    DEFAULT_LANGUAGE
  );
}

/** How an item is shown within a sentence: its emoji and its name. */
export function itemName(t: Translate, itemId: string): string {
  const emoji = container.game.catalog.current.items.get(itemId)?.emoji ?? '📦';
  return `${emoji} ${t(`items:${itemId}.name`)}`;
}

/** How a recipe is called: after what it makes, unless there are several ways to make it and this is another one. */
export function recipeName(t: Translate, recipeId: string): string {
  const recipe = container.game.catalog.current.recipes.get(recipeId);
  if (recipe && recipe.makes !== recipeId) return t(`recipes:${recipeId}.name`);
  return t(`items:${recipeId}.name`);
}

/** How a place is shown within a sentence: its emoji and its name. */
export function placeName(t: Translate, placeId: string): string {
  const emoji = container.game.catalog.current.places.get(placeId)?.emoji ?? '🗺️';
  return `${emoji} ${t(`places:${placeId}.name`)}`;
}

/** A list of amounts, such as "3 × 🪵 Oak Log, 1 × ⚫ Coal". */
export function amounts(t: Translate, items: readonly { itemId: string; quantity: number }[]): string {
  return items.map(({ itemId, quantity }) => `${quantity} × ${itemName(t, itemId)}`).join(', ');
}
