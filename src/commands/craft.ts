import { Command } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType } from 'discord.js';
import Fuse from 'fuse.js';
import { causeOf } from '../discord/cause.ts';
import { shorten } from '../discord/shorten.ts';
import { amounts, DEFAULT_LANGUAGE, recipeName, type Translate, translator } from '../discord/translate.ts';
import { craftStartedView } from '../discord/views/crafts.ts';
import { LARGEST_QUANTITY, type RecipeChoice } from '../game/crafting/crafting.ts';

/** Discord's limits ("Application Command Option Choice"): so many choices, so long a name. */
const MOST_CHOICES = 25;
const LONGEST_NAME = 100;

/** Puts materials to work. */
export class CraftCommand extends Command {
  constructor(context: Command.LoaderContext) {
    super(context, { description: 'Craft something from your materials' });
  }

  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      command
        .setName(this.name)
        .setDescription(this.description)
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          option
            .setName('recipe')
            .setDescription('What to make')
            .setRequired(true)
            .setAutocomplete(true)
            .setMaxLength(LONGEST_NAME),
        )
        .addIntegerOption((option) =>
          option
            .setName('quantity')
            .setDescription('How many times (1 if you leave it out)')
            .setMinValue(1)
            .setMaxValue(LARGEST_QUANTITY),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inGuild()) return;
    const { world, game } = this.container;
    const craft = world.transact(causeOf(interaction), (tx) =>
      game.crafting.startCraft(tx, {
        guildId: interaction.guildId,
        userId: interaction.user.id,
        channelId: interaction.channelId,
        recipeId: interaction.options.getString('recipe', true),
        quantity: interaction.options.getInteger('quantity') ?? 1,
      }),
    );
    await interaction.reply(craftStartedView(translator(DEFAULT_LANGUAGE), craft));
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    if (!interaction.inGuild()) return;
    const t = translator(DEFAULT_LANGUAGE);
    const holder = { guildId: interaction.guildId, userId: interaction.user.id };
    const choices = this.container.game.crafting
      .choices(this.container.world.reader, holder)
      .map((choice) => ({ ...choice, name: recipeName(t, choice.recipe.id) }));
    const asked = interaction.options.getFocused().trim().slice(0, LONGEST_NAME);
    const found = asked === '' ? choices : matching(choices, asked);
    await interaction.respond(
      found.slice(0, MOST_CHOICES).map((choice) => ({
        name: shorten(describeChoice(t, choice), LONGEST_NAME),
        value: choice.recipe.id,
      })),
    );
  }
}

type NamedChoice = RecipeChoice & { readonly name: string };

/** The recipes whose names are like what was typed, those that can be made now still first. */
function matching(choices: readonly NamedChoice[], asked: string): NamedChoice[] {
  const found = new Set(
    new Fuse(choices, { keys: ['name'], threshold: 0.4 }).search(asked).map(({ item }) => item),
  );
  return choices.filter((choice) => found.has(choice));
}

function describeChoice(t: Translate, { name, recipe, missing, levelReached }: NamedChoice): string {
  if (!levelReached) return t('crafting:choice.level', { name, level: recipe.level });
  if (missing.length === 0) return t('crafting:choice.ready', { name });
  const lacking = missing.map(({ itemId, needed, have }) => ({ itemId, quantity: needed - have }));
  return t('crafting:choice.missing', { name, items: amounts(t, lacking) });
}
