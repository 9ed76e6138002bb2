import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { ItemSources, PlaceSource } from '../../game/browsing/item-sources.ts';
import { recipeInputs } from '../../game/content/catalog.ts';
import type { Item, Recipe } from '../../game/content/schema.ts';
import { type Composition, rangeOfReturns } from '../../game/salvage/returns.ts';
import { commandMention } from '../command-mention.ts';
import { listField } from '../list-field.ts';
import { recipeTitle } from '../recipe-title.ts';
import { amounts, itemName, placeName, type Translate } from '../translate.ts';
import { RARITY_COLOURS } from './colours.ts';

/** An item as somebody stands to it. */
export interface ItemLook {
  readonly item: Item;
  readonly have: number;
  /** The level of who looks. */
  readonly level: number;
  readonly sources: ItemSources;
  /** The recipes that take it. */
  readonly uses: readonly Recipe[];
  /** What it is taken apart by; undefined for what nobody makes. */
  readonly composition: Composition | undefined;
}

/** Everything about one item: where it comes from, what it makes, what comes back of it. */
export function itemView(t: Translate, look: ItemLook): { embeds: APIEmbed[] } {
  const { item, have, composition } = look;
  const embed: APIEmbed = {
    color: RARITY_COLOURS[item.rarity],
    title: itemName(t, item.id),
    description: [
      `*${t(`items:${item.id}.description`)}*`,
      '',
      `${t(`browse:rarity.${item.rarity}`)} · ${t(`browse:category.${item.category}`)}`,
      t('browse:item.have', { count: have }),
    ].join('\n'),
    fields: [
      listField(t, t('browse:item.from'), sourceLines(t, look)),
      ...usesFields(t, look),
      ...(composition ? [salvageField(t, composition)] : []),
    ],
  };
  return { embeds: [embed] };
}

function sourceLines(t: Translate, { sources, level }: ItemLook): string[] {
  const { places, recipes, giftDays, chat, starter } = sources;
  const daily = commandMention(t, 'daily');
  const lines = [
    ...places.map((source) => placeLine(t, source, level)),
    ...recipes.map((recipe) => makingLine(t, recipe, level)),
    giftDays.length > 0
      ? t('browse:item.daily', { daily, count: giftDays.length, days: giftDays.join(', ') })
      : [],
    chat ? t('browse:item.chat') : [],
    starter > 0 ? t('browse:item.starter', { count: starter }) : [],
  ].flat();
  return lines.length > 0 ? lines : [t('browse:item.nowhere')];
}

function placeLine(t: Translate, { place, frequency, least, most }: PlaceSource, level: number): string {
  const facts = {
    place: withLevel(t, placeName(t, place.id), place.level, level),
    often: t(`browse:frequency.${frequency}`),
    least,
    most,
  };
  return least === most ? t('browse:item.placeExactly', facts) : t('browse:item.place', facts);
}

function makingLine(t: Translate, recipe: Recipe, level: number): string {
  return t('browse:item.recipe', {
    recipe: withLevel(t, recipeTitle(t, recipe), recipe.level, level),
    items: amounts(t, recipeInputs(recipe)),
  });
}

function usesFields(t: Translate, { item, uses, level }: ItemLook): APIEmbedField[] {
  if (uses.length === 0) return [];
  const lines = uses.map((recipe) =>
    t('browse:item.use', {
      recipe: withLevel(t, recipeTitle(t, recipe), recipe.level, level),
      count: recipe.takes[item.id] ?? 0,
    }),
  );
  return [listField(t, t('browse:item.makes'), lines)];
}

function salvageField(t: Translate, composition: Composition): APIEmbedField {
  const lines = rangeOfReturns(composition, 1)
    .filter(({ most }) => most > 0)
    .map(({ itemId, least, most }) => {
      const item = itemName(t, itemId);
      return least === most
        ? t('browse:item.returnExactly', { item, most })
        : t('browse:item.return', { item, least, most });
    });
  return listField(t, t('browse:item.salvage'), lines);
}

/** A name, and from which level on it is open, where that isn't reached yet. */
function withLevel(t: Translate, name: string, needed: number, level: number): string {
  return needed > level ? t('browse:locked', { name, level: needed }) : name;
}
