import { z } from 'zod';
import { managerOf } from '../discord/manager.ts';
import { settingsAt } from '../discord/settings/setting-places.ts';
import { translatorOf } from '../discord/translate.ts';
import { type GuildSelectInteraction, SelectHandler } from '../pieces/select-handler.ts';

/** Leads to the place of the panel that was chosen. */
export class BrowseSettings extends SelectHandler<[]> {
  override readonly facts = z.tuple([]);

  override async choose(interaction: GuildSelectInteraction, [place = '']: readonly string[]): Promise<void> {
    const { guildId } = managerOf(interaction);
    await interaction.update(settingsAt(translatorOf(interaction), guildId, place));
  }
}
