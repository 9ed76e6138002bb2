import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import { type RecipeFilter, recipeBook, recipeEntry } from '../game/browsing/recipe-book.ts';
import type { Means } from '../game/crafting/plan.ts';
import { CRAFTING_XP } from '../game/progression/progression.ts';
import { refuse } from '../game/refusal.ts';
import type { Holder } from '../world/ledger.ts';
import { actorOf, holderOf } from './actor.ts';
import { withBoosts } from './boosts.ts';
import { causeOf } from './cause.ts';
import { translatorOf } from './translate.ts';
import { recipeView } from './views/recipe.ts';
import { recipesView } from './views/recipes.ts';

/**
 * A page of the recipes, as whoever asks stands to them by now.
 *
 * @throws Refusal unknownItem when the filter names one that isn't there
 */
export function showRecipes(interaction: BaseInteraction, filter: RecipeFilter, page: number) {
  const { world, game } = container;
  const catalog = game.catalog.current;
  if (filter.uses !== undefined && !catalog.items.has(filter.uses))
    refuse('unknownItem', { asked: filter.uses });
  const holder = holderOf(interaction);
  game.dueWork.settle(world, holder);
  const entries = recipeBook(catalog, meansOf(holder), filter);
  const terms = game.terms.at(world.reader, holder.guildId, world.clock.now());
  return recipesView(translatorOf(interaction), {
    ownerId: holder.userId,
    entries: entries.map((entry) => ({ ...entry, time: terms.duration(entry.recipe.time) })),
    filter,
    page,
  });
}

/**
 * One recipe as whoever asks stands to it, with what of the way to it can be ordered at once.
 *
 * @throws Refusal unknownRecipe
 */
export function showRecipe(interaction: BaseInteraction, recipeId: string) {
  const { world, game } = container;
  const catalog = game.catalog.current;
  const recipe = catalog.recipes.get(recipeId) ?? refuse('unknownRecipe', { asked: recipeId });
  const actor = actorOf(interaction);
  game.dueWork.settle(world, actor);
  const means = meansOf(actor);
  const terms = game.terms.at(world.reader, actor.guildId, world.clock.now());
  const plan = game.planning.planCraft(world.reader, actor, recipeId, 1);
  const canBegin = plan.steps.some(({ state }) => state === 'now');
  const { rarity } = catalog.item(recipe.makes);
  const t = translatorOf(interaction);
  const view = recipeView(t, {
    entry: { ...recipeEntry(recipe, means), time: terms.duration(recipe.time) },
    rarity,
    xp: terms.xp(CRAFTING_XP[rarity]),
    masterworkChance: catalog.perk('masterworkChance', means.level),
    plan,
    offers: canBegin
      ? world.transact(causeOf(interaction), (tx) => game.planning.offerSteps(tx, actor, plan))
      : [],
  });
  return withBoosts(t, actor.guildId, view);
}

function meansOf(holder: Holder): Means {
  const { world, game } = container;
  return {
    holdings: game.inventory.list(world.reader, holder),
    level: game.progression.progress(world.reader, holder).level,
  };
}
