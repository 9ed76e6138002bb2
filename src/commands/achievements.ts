import { Command } from '@sapphire/framework';
import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { localize } from '../discord/localize.ts';
import { showAchievements } from '../discord/show-achievements.ts';
import { ACHIEVEMENT_FILTERS } from '../discord/views/achievements.ts';

/** Shows what can be earned, and how far somebody is with it. */
export class AchievementsCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/achievements:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/achievements:show.').addChoices(
            ...ACHIEVEMENT_FILTERS.map((value) =>
              createLocalizedChoice(`progress:achievements.filter.${value}`, { value }),
            ),
          ),
        )
        .addUserOption((option) => localize(option, 'commands/achievements:user.')),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { options, user } = interaction;
    const filter = ACHIEVEMENT_FILTERS.find((each) => each === options.getString('show')) ?? 'all';
    const whose = options.getUser('user') ?? user;
    const view = showAchievements(interaction, whose.id, filter, 0);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
