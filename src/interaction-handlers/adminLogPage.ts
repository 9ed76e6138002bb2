import { z } from 'zod';
import { managerOf } from '../discord/manager.ts';
import { pageNumber, requireOwner } from '../discord/paging.ts';
import { showAdminLog } from '../discord/show-admin-log.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

const facts = z.tuple([pageNumber, z.string(), z.union([z.literal(''), z.string().regex(/^\d{1,21}$/)])]);

type Facts = z.output<typeof facts>;

/** Turns the pages of the record. */
export class AdminLogPage extends ButtonHandler<Facts> {
  override readonly facts = facts;

  override async press(
    interaction: GuildButtonInteraction,
    ...[page, readerId, about]: Facts
  ): Promise<void> {
    const admin = managerOf(interaction);
    requireOwner(interaction, readerId);
    await interaction.update(showAdminLog(interaction, admin, about === '' ? undefined : about, page));
  }
}
