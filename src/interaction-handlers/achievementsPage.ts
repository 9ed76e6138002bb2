import { z } from 'zod';
import { pageNumber, requireOwner } from '../discord/paging.ts';
import { showAchievements } from '../discord/show-achievements.ts';
import { ACHIEVEMENT_FILTERS } from '../discord/views/achievements.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

const facts = z.tuple([pageNumber, z.string(), z.string().regex(/^\d{15,21}$/), z.enum(ACHIEVEMENT_FILTERS)]);

type Facts = z.output<typeof facts>;

/** Turns the pages of achievements. */
export class AchievementsPage extends ButtonHandler<Facts> {
  override readonly facts = facts;

  override async press(
    interaction: GuildButtonInteraction,
    ...[page, readerId, userId, filter]: Facts
  ): Promise<void> {
    requireOwner(interaction, readerId);
    await interaction.update(showAchievements(interaction, userId, filter, page));
  }
}
