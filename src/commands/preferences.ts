import { Command } from '@sapphire/framework';
import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { preferencesView } from '../discord/views/preferences.ts';
import { notificationWay } from '../game/announcements/ways.ts';
import { leaderboardListing } from '../game/preferences/definitions.ts';

const LISTINGS = ['shown', 'hidden'] as const;

const NEWS = ['on', 'off'] as const;

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
        )
        .addStringOption((option) =>
          localize(option, 'commands/preferences:news.').addChoices(
            ...NEWS.map((value) =>
              createLocalizedChoice(`preferences:engagementNews.choice.${value}`, { value }),
            ),
          ),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const { options } = interaction;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const listing = LISTINGS.find((each) => each === options.getString('leaderboards'));
    const news = NEWS.find((each) => each === options.getString('news'));
    if (listing || news) {
      world.transact(causeOf(interaction), (tx) => {
        if (listing) game.preferences.set(tx, holder, leaderboardListing, listing);
        if (news)
          game.preferences.set(tx, holder, notificationWay('engagement'), news === 'on' ? 'quiet' : 'off');
      });
    }
    const view = preferencesView(translatorOf(interaction), {
      listing: game.preferences.get(world.reader, holder, leaderboardListing),
      news: game.engagementNews.isWanted(world.reader, holder),
      changed: listing !== undefined || news !== undefined,
    });
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
