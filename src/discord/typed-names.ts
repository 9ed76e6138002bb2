import { container } from '@sapphire/framework';
import { type Choice, chosen } from './choices.ts';
import { recipeName, type Translate } from './translate.ts';

/** The id of the item that somebody typed the name of; else what they typed, for the game to refuse. */
export function typedItem(t: Translate, typed: string): string {
  const ids = container.game.catalog.current.items.keys();
  return resolve(ids, (id) => t(`items:${id}.name`), typed);
}

/** The id of the recipe that somebody typed the name of; else what they typed, for the game to refuse. */
export function typedRecipe(t: Translate, typed: string): string {
  return resolve(container.game.catalog.current.recipes.keys(), (id) => recipeName(t, id), typed);
}

/** The id of the place that somebody typed the name of; else what they typed, for the game to refuse. */
export function typedPlace(t: Translate, typed: string): string {
  return resolve(container.game.catalog.current.places.keys(), (id) => t(`places:${id}.name`), typed);
}

/** Discord sends the id of what was picked, and the text as it is where nothing was. */
function resolve(ids: Iterable<string>, nameOf: (id: string) => string, typed: string): string {
  const choices: Choice[] = [...ids].map((value) => ({ name: nameOf(value), value }));
  return chosen(choices, typed)?.value ?? typed;
}
