import { type APIEmbed, ButtonStyle } from 'discord.js';
import type { CraftPlan, MissingMaterial, PlanStep } from '../../game/crafting/plan.ts';
import type { OfferedStep } from '../../game/crafting/planning.ts';
import type { MissingItem } from '../../game/inventory/inventory.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { fitLines } from '../shorten.ts';
import { amounts, itemName, placeName, recipeName, type Translate } from '../translate.ts';

/** How long each of the two lists may get, so that both fit into a description ("Embed Limits": 4,096). */
const LONGEST_LIST = 1_700;

/** How many of the places with a material are named, those that are reached first; `/item` names them all. */
const MOST_PLACES = 3;

const MARKS = { now: '✅', later: '⏳', locked: '🔒' } as const satisfies Record<PlanStep['state'], string>;

/** The way to something that cannot be made yet: what to make first, what to find and where. */
export function planView(
  t: Translate,
  { recipe, quantity, steps, materials }: CraftPlan,
  missing: readonly MissingItem[],
  offers: readonly OfferedStep[],
) {
  const lacking = missing.map(({ itemId, needed, have }) => ({ itemId, quantity: needed - have }));
  const more = (left: number) => t('crafting:plan.more', { count: left });
  const description = [
    t('crafting:plan.lacking', { items: amounts(t, lacking) }),
    ...section(
      t('crafting:plan.steps'),
      steps.length > 1 ? steps.map((step) => stepLine(t, step)) : [],
      more,
    ),
    ...section(
      t('crafting:plan.materials'),
      materials.map((material) => materialLine(t, material)),
      more,
    ),
  ];
  const embed: APIEmbed = {
    title: t('crafting:plan.title', {
      count: quantity * recipe.yields,
      item: itemName(t, recipe.makes),
    }),
    description: description.join('\n'),
    ...(steps.length > 1 ? { footer: { text: t('crafting:plan.legend') } } : {}),
  };
  return { embeds: [embed], components: buttonRows(offers.map((offer) => offerButton(t, steps, offer))) };
}

function section(title: string, lines: readonly string[], more: (left: number) => string): string[] {
  return lines.length > 0 ? ['', `**${title}**`, fitLines(lines, LONGEST_LIST, more)] : [];
}

/** One step of a plan, with a mark that says whether it can be made now. */
export function stepLine(t: Translate, { recipe, quantity, state }: PlanStep): string {
  const item = itemName(t, recipe.makes);
  const line = `${MARKS[state]} ${t('crafting:plan.step', { count: quantity * recipe.yields, item })}`;
  return state === 'locked' ? `${line} · ${t('crafting:plan.level', { level: recipe.level })}` : line;
}

/** A material that has to be found, and where. */
export function materialLine(
  t: Translate,
  { itemId, needed, have, places, sources }: MissingMaterial,
): string {
  const found = [
    ...places
      .slice(0, MOST_PLACES)
      .map(({ id, level }) =>
        level > 1 ? t('crafting:plan.placeFrom', { place: placeName(t, id), level }) : placeName(t, id),
      ),
    ...(places.length > MOST_PLACES
      ? [t('crafting:plan.morePlaces', { count: places.length - MOST_PLACES })]
      : []),
    ...sources.map((source) => t(`crafting:plan.source.${source}`)),
  ];
  const where = found.length > 0 ? found.join(', ') : t('crafting:plan.nowhere');
  return t('crafting:plan.material', { count: needed - have, item: itemName(t, itemId), where });
}

/** The button that takes a step. */
export function offerButton(
  t: Translate,
  steps: readonly PlanStep[],
  { proposalId, recipeId, quantity }: OfferedStep,
) {
  const yields = steps.find(({ recipe }) => recipe.id === recipeId)?.recipe.yields ?? 1;
  const label = t('crafting:plan.make', { count: quantity * yields, name: recipeName(t, recipeId) });
  return button(customId('makeStep', proposalId), label, ButtonStyle.Primary);
}
