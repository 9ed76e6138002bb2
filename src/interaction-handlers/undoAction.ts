import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { askUndo } from '../discord/ask-undo.ts';
import { managerOf } from '../discord/manager.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Asks whether what was just given or taken is to be taken back. */
export class UndoAction extends ButtonHandler<[eventId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, eventId: string): Promise<void> {
    const view = askUndo(interaction, managerOf(interaction), eventId);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
