import type { ButtonInteraction } from 'discord.js';
import { z } from 'zod';
import { DEFAULT_LANGUAGE, translator } from '../discord/translate.ts';
import { ButtonHandler } from '../pieces/button-handler.ts';

/** Leaves a craft at work after all. */
export class KeepCraft extends ButtonHandler<[]> {
  override readonly facts = z.tuple([]);

  override async press(interaction: ButtonInteraction<'cached'>): Promise<void> {
    await interaction.update({
      content: translator(DEFAULT_LANGUAGE)('crafting:cancel.kept'),
      components: [],
    });
  }
}
