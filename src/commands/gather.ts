import { Command } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType, MessageFlags } from 'discord.js';
import { actorOf, holderOf } from '../discord/actor.ts';
import { withBoosts } from '../discord/boosts.ts';
import { causeOf } from '../discord/cause.ts';
import { type Choice, LONGEST_CHOICE, respondWithChoices } from '../discord/choices.ts';
import { duration } from '../discord/duration.ts';
import { localize } from '../discord/localize.ts';
import { type Translate, translatorOf } from '../discord/translate.ts';
import { typedPlace } from '../discord/typed-names.ts';
import { placesView, tripStartedView, tripUnderWayView } from '../discord/views/trips.ts';
import type { PlaceChoice } from '../game/gathering/gathering.ts';

/** Sends a player to gather materials; without a place it shows where they are or could go. */
export class GatherCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/gather:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/gather:place.').setAutocomplete(true).setMaxLength(LONGEST_CHOICE),
        )
        .addBooleanOption((option) => localize(option, 'commands/gather:supplies.')),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const actor = actorOf(interaction);
    game.dueWork.settle(world, actor);
    const asked = interaction.options.getString('place');
    if (asked === null) return this.#show(interaction);
    const t = translatorOf(interaction);
    const placeId = typedPlace(t, asked);
    const supplies = interaction.options.getBoolean('supplies') ?? false;
    const trip = world.transact(causeOf(interaction), (tx) =>
      game.gathering.setOut(tx, actor, { placeId, supplies }),
    );
    await interaction.reply(withBoosts(t, actor.guildId, tripStartedView(t, trip)));
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { world, game } = this.container;
    const t = translatorOf(interaction);
    const choices = game.gathering.choices(world.reader, holderOf(interaction), world.clock.now());
    await respondWithChoices(
      interaction,
      choices.map((choice) => describeChoice(t, choice)),
    );
  }

  async #show(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const t = translatorOf(interaction);
    const holder = holderOf(interaction);
    const trip = game.gathering.underWay(world.reader, holder);
    const view = trip
      ? tripUnderWayView(t, trip)
      : withBoosts(
          t,
          holder.guildId,
          placesView(t, game.gathering.choices(world.reader, holder, world.clock.now())),
        );
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}

function describeChoice(t: Translate, { place, levelReached, duration: milliseconds }: PlaceChoice): Choice {
  const name = t(`places:${place.id}.name`);
  const label = levelReached
    ? t('gathering:choice.open', {
        name,
        duration: duration(t, milliseconds),
        items: Object.keys(place.finds)
          .map((itemId) => t(`items:${itemId}.name`))
          .join(', '),
      })
    : t('gathering:choice.locked', { name, level: place.level });
  return { name, label, value: place.id };
}
