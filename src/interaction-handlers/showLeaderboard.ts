import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { showLeaderboard } from '../discord/show-leaderboard.ts';
import { BOARD_NAMES } from '../game/leaderboards/boards.ts';
import { PERIODS } from '../game/leaderboards/periods.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

const facts = z.tuple([z.enum(BOARD_NAMES), z.enum(PERIODS)]);

type Facts = z.output<typeof facts>;

/** Opens a leaderboard for whoever asks, from something that was announced. */
export class ShowLeaderboard extends ButtonHandler<Facts> {
  override readonly facts = facts;

  override async press(interaction: GuildButtonInteraction, ...[board, period]: Facts): Promise<void> {
    const view = showLeaderboard(interaction, board, period, 0);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
