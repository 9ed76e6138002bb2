import { Command } from '@sapphire/framework';
import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { preferencesView } from '../discord/views/preferences.ts';
import { leaderboardListing } from '../game/preferences/definitions.ts';

const LISTINGS = ['shown', 'hidden'] as const;

/** Shows how Forgeling treats a player, and lets them change it. */
export class PreferencesCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/preferences:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/preferences:leaderboards.').addChoices(
            ...LISTINGS.map((value) =>
              createLocalizedChoice(`preferences:leaderboards.choice.${value}`, { value }),
            ),
          ),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const listing = LISTINGS.find((each) => each === interaction.options.getString('leaderboards'));
    if (listing)
      world.transact(causeOf(interaction), (tx) =>
        game.preferences.set(tx, holder, leaderboardListing, listing),
      );
    const view = preferencesView(translatorOf(interaction), {
      listing: game.preferences.get(world.reader, holder, leaderboardListing),
      changed: listing !== undefined,
    });
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
