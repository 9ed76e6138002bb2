import { Command } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { answerOrder } from '../discord/answer-order.ts';
import { LONGEST_CHOICE, respondWithChoices } from '../discord/choices.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { typedRecipe } from '../discord/typed-names.ts';
import { recipeChoice } from '../discord/views/recipe-choice.ts';
import { LARGEST_QUANTITY } from '../game/crafting/crafting.ts';

/** Puts materials to work. */
export class CraftCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/craft:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/craft:recipe.')
            .setRequired(true)
            .setAutocomplete(true)
            .setMaxLength(LONGEST_CHOICE),
        )
        .addIntegerOption((option) =>
          localize(option, 'commands/craft:quantity.').setMinValue(1).setMaxValue(LARGEST_QUANTITY),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const recipeId = typedRecipe(translatorOf(interaction), interaction.options.getString('recipe', true));
    const quantity = interaction.options.getInteger('quantity') ?? 1;
    await answerOrder(interaction, (tx, actor) =>
      this.container.game.crafting.startCraft(tx, { ...actor, recipeId, quantity }),
    );
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { world, game } = this.container;
    const t = translatorOf(interaction);
    const choices = game.crafting.choices(world.reader, holderOf(interaction), world.clock.now());
    await respondWithChoices(
      interaction,
      choices.map((choice) => recipeChoice(t, choice)),
    );
  }
}
