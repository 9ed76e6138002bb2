import { z } from 'zod';
import { assetOfKey } from '../discord/assets.ts';
import { managerOf } from '../discord/manager.ts';
import { pageNumber, requireOwner } from '../discord/paging.ts';
import { showExplanation } from '../discord/show-explanation.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Which thing the story is of comes last; empty for the list of all of them. */
const facts = z.tuple([pageNumber, z.string(), z.string().regex(/^\d{15,21}$/), z.string()]);

type Facts = z.output<typeof facts>;

/** Turns the pages of where somebody's things came from and went, and leads from the list to a story and back. */
export class ExplainPage extends ButtonHandler<Facts> {
  override readonly facts = facts;

  override async press(
    interaction: GuildButtonInteraction,
    ...[page, readerId, userId, key]: Facts
  ): Promise<void> {
    const admin = managerOf(interaction);
    requireOwner(interaction, readerId);
    const asset = key === '' ? undefined : assetOfKey(key);
    await interaction.update(showExplanation(interaction, admin, userId, asset, page));
  }
}
