import { container } from '@sapphire/framework';
import type { Recipe } from '../game/content/schema.ts';
import { recipeName, type Translate } from './translate.ts';

/** How a recipe is shown where it stands for itself: the emoji of what it makes, and its name. */
export function recipeTitle(t: Translate, { id, makes }: Recipe): string {
  return `${container.game.catalog.current.item(makes).emoji} ${recipeName(t, id)}`;
}
