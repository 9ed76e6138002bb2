import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { translatorOf } from '../discord/translate.ts';
import { keptView } from '../discord/views/crafts.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Leaves a craft at work, or in the queue, after all. */
export class KeepCraft extends ButtonHandler<[craftId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, craftId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    // Refused where it isn't theirs, or is over by now.
    const { craft } = game.crafting.previewCancel(world.reader, holder, craftId, world.clock.now());
    await interaction.update(keptView(translatorOf(interaction), craft));
  }
}
