import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Rarity } from '../../events/rarity.ts';
import type { Ingredient } from '../../game/browsing/recipe-book.ts';
import type { CraftPlan } from '../../game/crafting/plan.ts';
import type { OfferedStep } from '../../game/crafting/planning.ts';
import { buttonRows } from '../components.ts';
import { duration } from '../duration.ts';
import { listField } from '../list-field.ts';
import { recipeTitle } from '../recipe-title.ts';
import { itemName, type Translate } from '../translate.ts';
import { RARITY_COLOURS } from './colours.ts';
import { materialLine, offerButton, stepLine } from './plan.ts';
import type { TimedRecipe } from './recipes.ts';

/** One recipe as somebody stands to it. */
export interface RecipeLook {
  readonly entry: TimedRecipe;
  readonly rarity: Rarity;
  readonly xp: number;
  /** How likely a craft becomes a masterwork at their level, in percent. */
  readonly masterworkChance: number;
  readonly plan: CraftPlan;
  /** What of the plan one press of a button orders. */
  readonly offers: readonly OfferedStep[];
}

/** Everything about one recipe: what it takes and gives, and the way to what is missing. */
export function recipeView(t: Translate, { entry, rarity, xp, masterworkChance, plan, offers }: RecipeLook) {
  const { recipe, ingredients, time, levelReached, times } = entry;
  const embed: APIEmbed = {
    color: RARITY_COLOURS[rarity],
    title: recipeTitle(t, recipe),
    description: [
      `*${t(`items:${recipe.makes}.description`)}*`,
      '',
      t('browse:recipe.time', { time: duration(t, time) }),
      recipe.yields > 1 ? t('browse:recipe.yields', { count: recipe.yields }) : [],
      t('browse:recipe.xp', { xp }),
      masterworkChance > 0 ? t('browse:recipe.masterwork', { percent: masterworkChance }) : [],
      levelReached ? [] : t('browse:recipe.locked', { level: recipe.level }),
      times > 0 ? t('browse:recipe.times', { count: times }) : [],
    ]
      .flat()
      .join('\n'),
    fields: [ingredientsField(t, ingredients), ...planFields(t, plan)],
  };
  return {
    embeds: [embed],
    components: buttonRows(offers.map((offer) => offerButton(t, plan.steps, offer))),
  };
}

function ingredientsField(t: Translate, ingredients: readonly Ingredient[]): APIEmbedField {
  const lines = ingredients.map(({ itemId, needed, have }) => {
    const share = t('browse:share', { have, needed, item: itemName(t, itemId) });
    return `${have >= needed ? '✅' : '❌'} ${share}`;
  });
  return listField(t, t('browse:recipe.takes'), lines);
}

/** What has to be made and found before, where anything has. */
function planFields(t: Translate, { steps, materials }: CraftPlan): APIEmbedField[] {
  const before = steps.slice(0, -1);
  return [
    before.length > 0
      ? listField(
          t,
          t('browse:recipe.makeFirst'),
          before.map((step) => stepLine(t, step)),
        )
      : [],
    materials.length > 0
      ? listField(
          t,
          t('browse:recipe.find'),
          materials.map((material) => materialLine(t, material)),
        )
      : [],
  ].flat();
}
