import { Command } from '@sapphire/framework';
import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { type AutocompleteInteraction, InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { type Choice, chosen, LONGEST_CHOICE, respondWithChoices } from '../discord/choices.ts';
import { itemChoices } from '../discord/item-choices.ts';
import { localize } from '../discord/localize.ts';
import { showRecipe, showRecipes } from '../discord/show-recipes.ts';
import { type Translate, translatorOf } from '../discord/translate.ts';
import { recipeChoice } from '../discord/views/recipe-choice.ts';
import { CATEGORIES } from '../game/content/schema.ts';
import type { Holder } from '../world/ledger.ts';

/** What recipes can make: what is raw is found. */
const MADE = CATEGORIES.filter((category) => category !== 'raw');

/** Shows what can be made, of what, and what an item is used for. */
export class RecipesCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/recipes:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/recipes:recipe.').setAutocomplete(true).setMaxLength(LONGEST_CHOICE),
        )
        .addBooleanOption((option) => localize(option, 'commands/recipes:makeable.'))
        .addStringOption((option) =>
          localize(option, 'commands/recipes:uses.').setAutocomplete(true).setMaxLength(LONGEST_CHOICE),
        )
        .addStringOption((option) =>
          localize(option, 'commands/recipes:category.').addChoices(
            ...MADE.map((value) => createLocalizedChoice(`browse:category.${value}`, { value })),
          ),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const view = this.#show(interaction);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const t = translatorOf(interaction);
    const holder = holderOf(interaction);
    const { name } = interaction.options.getFocused(true);
    const choices = name === 'uses' ? itemChoices(t, holder) : this.#recipeChoices(t, holder);
    await respondWithChoices(interaction, choices);
  }

  #show(interaction: Command.ChatInputCommandInteraction) {
    const { options } = interaction;
    const t = translatorOf(interaction);
    const holder = holderOf(interaction);
    const recipe = options.getString('recipe');
    if (recipe !== null) {
      const recipeId = chosen(this.#recipeChoices(t, holder), recipe)?.value ?? recipe;
      return showRecipe(interaction, recipeId);
    }
    const uses = options.getString('uses') ?? undefined;
    const filter = {
      makeable: options.getBoolean('makeable') ?? false,
      uses: uses && (chosen(itemChoices(t, holder), uses)?.value ?? uses),
      category: MADE.find((category) => category === options.getString('category')),
    };
    return showRecipes(interaction, filter, 0);
  }

  #recipeChoices(t: Translate, holder: Holder): Choice[] {
    const { world, game } = this.container;
    const choices = game.crafting.choices(world.reader, holder, world.clock.now());
    return choices.map((choice) => recipeChoice(t, choice));
  }
}
