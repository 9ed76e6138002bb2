import { z } from 'zod';
import { DEFAULT_LANGUAGE, translator } from '../discord/translate.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Leaves a craft at work after all. */
export class KeepCraft extends ButtonHandler<[craftId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, craftId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = { guildId: interaction.guildId, userId: interaction.user.id };
    // Refused where it isn't theirs, or is over by now.
    game.crafting.previewCancel(world.reader, holder, craftId, world.clock.now());
    await interaction.update({
      content: translator(DEFAULT_LANGUAGE)('crafting:cancel.kept'),
      components: [],
    });
  }
}
