import { z } from 'zod';
import { managerOf } from '../discord/manager.ts';
import { settingsAt } from '../discord/settings/setting-places.ts';
import { translatorOf } from '../discord/translate.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Leads to a place of the panel. */
export class OpenSettings extends ButtonHandler<[place: string]> {
  override readonly facts = z.tuple([z.string()]);

  override async press(interaction: GuildButtonInteraction, place: string): Promise<void> {
    const { guildId } = managerOf(interaction);
    await interaction.update(settingsAt(translatorOf(interaction), guildId, place));
  }
}
