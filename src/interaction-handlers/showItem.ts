import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { showItem } from '../discord/show-item.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

const facts = z.tuple([z.string()]);

/** Shows what an announced item is, and how one comes by it, to whoever asks. */
export class ShowItem extends ButtonHandler<[string]> {
  override readonly facts = facts;

  override async press(interaction: GuildButtonInteraction, itemId: string): Promise<void> {
    await interaction.reply({ ...showItem(interaction, itemId), flags: MessageFlags.Ephemeral });
  }
}
