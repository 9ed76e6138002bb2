import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { managerOf } from '../discord/manager.ts';
import { settingsAt } from '../discord/settings/setting-places.ts';
import { translatorOf } from '../discord/translate.ts';
import { SETUP } from '../discord/views/setup.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Opens the first steps of setting the bot up, for whoever asks and may. */
export class Setup extends ButtonHandler<[]> {
  override readonly facts = z.tuple([]);

  override async press(interaction: GuildButtonInteraction): Promise<void> {
    const { guildId } = managerOf(interaction);
    const view = settingsAt(translatorOf(interaction), guildId, SETUP);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
