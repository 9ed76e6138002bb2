import type { RecipeChoice } from '../../game/crafting/crafting.ts';
import type { Choice } from '../choices.ts';
import { duration } from '../duration.ts';
import { amounts, recipeName, type Translate } from '../translate.ts';

/** A recipe as it is offered while typing: its name, how long it takes, and what is in the way. */
export function recipeChoice(t: Translate, choice: RecipeChoice): Choice {
  const { recipe } = choice;
  const name = recipeName(t, recipe.id);
  return { name, label: `${name} · ${describe(t, choice)}`, value: recipe.id };
}

function describe(t: Translate, { recipe, time, missing, levelReached }: RecipeChoice): string {
  const facts = { level: recipe.level, time: duration(t, time) };
  if (!levelReached) return t('crafting:choice.level', facts);
  if (missing.length === 0) return t('crafting:choice.ready', facts);
  const lacking = missing.map(({ itemId, needed, have }) => ({ itemId, quantity: needed - have }));
  return t('crafting:choice.missing', { ...facts, items: amounts(t, lacking) });
}
