import { z } from 'zod';
import { managerOf } from '../discord/manager.ts';
import { translatorOf } from '../discord/translate.ts';
import { setupDoneView } from '../discord/views/setup.ts';
import { announcementChannel } from '../game/announcements/settings.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Ends the first steps of setting the bot up: everything has been taken already, so there is only to say what is next. */
export class FinishSetup extends ButtonHandler<[]> {
  override readonly facts = z.tuple([]);

  override async press(interaction: GuildButtonInteraction): Promise<void> {
    const { world, game } = this.container;
    const { guildId } = managerOf(interaction);
    const channelId = game.settings.get(world.reader, guildId, announcementChannel);
    await interaction.update(setupDoneView(translatorOf(interaction), channelId));
  }
}
