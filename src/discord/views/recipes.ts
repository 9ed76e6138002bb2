import type { APIEmbed } from 'discord.js';
import type { RecipeEntry, RecipeFilter } from '../../game/browsing/recipe-book.ts';
import { commandMention } from '../command-mention.ts';
import { duration } from '../duration.ts';
import { pageButtons, pageOf } from '../paging.ts';
import { recipeTitle } from '../recipe-title.ts';
import { shorten } from '../shorten.ts';
import { itemName, type Translate } from '../translate.ts';

/** How many recipes of two lines each fit on the screen of a phone. */
const PAGE_SIZE = 8;

/** How long the ingredients of one recipe may get, so that a page of them fits into a description (4,096). */
const LONGEST_INGREDIENTS = 350;

/** A recipe, and how long one craft of it takes, in milliseconds. */
export type TimedRecipe = RecipeEntry & { readonly time: number };

/** The recipes that somebody asked for, and the page of them that is looked at. */
export interface RecipesLook {
  readonly ownerId: string;
  readonly entries: readonly TimedRecipe[];
  readonly filter: RecipeFilter;
  /** The first is 0. */
  readonly page: number;
}

/** A page of recipes. */
export function recipesView(t: Translate, look: RecipesLook) {
  const { ownerId, entries, filter } = look;
  const page = pageOf(entries, look.page, PAGE_SIZE);
  const lines = page.entries.map((entry) => recipeLines(t, entry));
  const embed: APIEmbed = {
    title: t('browse:recipes.title'),
    description: [...filterLine(t, filter), ...(lines.length > 0 ? lines : [emptyLine(t, filter)])].join(
      '\n',
    ),
    footer: {
      text: [
        t('browse:recipes.count', { count: entries.length }),
        t('browse:recipes.makeable', { count: entries.filter(({ times }) => times > 0).length }),
      ].join(' · '),
    },
  };
  return {
    embeds: [embed],
    components: pageButtons(t, page, 'recipesPage', ownerId, ...filterFacts(filter)),
  };
}

/** A filter as it stands in a custom id. */
function filterFacts({ makeable, uses, category }: RecipeFilter): string[] {
  return [makeable ? 'now' : '', uses ?? '', category ?? ''];
}

function filterLine(t: Translate, { makeable, uses, category }: RecipeFilter): string[] {
  const filters = [
    makeable ? t('browse:recipes.onlyMakeable') : '',
    uses === undefined ? '' : t('browse:recipes.onlyUses', { itemId: itemName(t, uses) }),
    category ? t(`browse:category.${category}`) : '',
  ].filter((filter) => filter !== '');
  return filters.length > 0 ? [t('browse:only', { filters: filters.join(', ') })] : [];
}

function emptyLine(t: Translate, { makeable, uses, category }: RecipeFilter): string {
  if (makeable) return t('browse:recipes.noneMakeable', { gather: commandMention(t, 'gather') });
  if (uses !== undefined && category === undefined) {
    return t('browse:recipes.noneUses', { itemId: itemName(t, uses) });
  }
  return t('browse:recipes.noneFits');
}

function recipeLines(t: Translate, entry: TimedRecipe): string {
  const { recipe, ingredients, time } = entry;
  const name = `**${recipeTitle(t, recipe)}**`;
  const facts = [
    recipe.yields > 1 ? t('browse:recipes.yields', { name, count: recipe.yields }) : name,
    duration(t, time),
    ...mark(t, entry),
  ];
  const list = ingredients.map(({ itemId, needed, have }) =>
    t('browse:share', { have, needed, item: itemName(t, itemId) }),
  );
  return `${facts.join(' · ')}\n-# ${shorten(list.join(', '), LONGEST_INGREDIENTS)}`;
}

/** What is in the way of a recipe, or how often it can be made. */
function mark(t: Translate, { recipe, levelReached, times }: RecipeEntry): string[] {
  if (!levelReached) return [t('browse:recipes.locked', { level: recipe.level })];
  return times > 0 ? [t('browse:recipes.times', { count: times })] : [];
}
