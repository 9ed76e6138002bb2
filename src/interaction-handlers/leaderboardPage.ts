import { z } from 'zod';
import { pageNumber, requireOwner } from '../discord/paging.ts';
import { showLeaderboard } from '../discord/show-leaderboard.ts';
import { BOARD_NAMES } from '../game/leaderboards/boards.ts';
import { PERIODS } from '../game/leaderboards/periods.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

const facts = z.tuple([pageNumber, z.string(), z.enum(BOARD_NAMES), z.enum(PERIODS)]);

type Facts = z.output<typeof facts>;

/** Turns the pages of a leaderboard. */
export class LeaderboardPage extends ButtonHandler<Facts> {
  override readonly facts = facts;

  override async press(
    interaction: GuildButtonInteraction,
    ...[page, readerId, board, period]: Facts
  ): Promise<void> {
    requireOwner(interaction, readerId);
    await interaction.update(showLeaderboard(interaction, board, period, page));
  }
}
