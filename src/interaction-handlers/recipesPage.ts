import { z } from 'zod';
import { pageNumber, requireOwner } from '../discord/paging.ts';
import { showRecipes } from '../discord/show-recipes.ts';
import { CATEGORIES } from '../game/content/schema.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

const none = z.literal('').transform(() => undefined);

const facts = z.tuple([
  pageNumber,
  z.string(),
  z.union([z.literal('now').transform(() => true), z.literal('').transform(() => false)]),
  z.union([none, z.string()]),
  z.union([z.enum(CATEGORIES), none]),
]);

type Facts = z.output<typeof facts>;

/** Turns the pages of the recipes. */
export class RecipesPage extends ButtonHandler<Facts> {
  override readonly facts = facts;

  override async press(
    interaction: GuildButtonInteraction,
    ...[page, ownerId, makeable, uses, category]: Facts
  ): Promise<void> {
    requireOwner(interaction, ownerId);
    await interaction.update(showRecipes(interaction, { makeable, uses, category }, page));
  }
}
