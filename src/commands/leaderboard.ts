import { Command } from '@sapphire/framework';
import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { commandMention } from '../discord/command-mention.ts';
import { localize } from '../discord/localize.ts';
import { showLeaderboard } from '../discord/show-leaderboard.ts';
import { translatorOf } from '../discord/translate.ts';
import { BOARD_NAMES } from '../game/leaderboards/boards.ts';
import { PERIODS } from '../game/leaderboards/periods.ts';

/** Shows who has the most of something. */
export class LeaderboardCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/leaderboard:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/leaderboard:board.').addChoices(
            ...BOARD_NAMES.map((value) => createLocalizedChoice(`leaderboards:board.${value}`, { value })),
          ),
        )
        .addStringOption((option) =>
          localize(option, 'commands/leaderboard:period.').addChoices(
            ...PERIODS.map((value) => createLocalizedChoice(`leaderboards:period.${value}`, { value })),
          ),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { options } = interaction;
    const board = BOARD_NAMES.find((each) => each === options.getString('board')) ?? 'xp';
    const period = PERIODS.find((each) => each === options.getString('period')) ?? 'week';
    await interaction.reply(showLeaderboard(interaction, board, period, 0));
    await this.#tellHidden(interaction);
  }

  /** Only they are to know that they are hidden. */
  async #tellHidden(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    if (!game.leaderboards.isHidden(world.reader, holderOf(interaction))) return;
    const t = translatorOf(interaction);
    const content = t('leaderboards:hidden', { preferences: commandMention(t, 'preferences') });
    await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
  }
}
