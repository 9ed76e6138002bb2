import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { translatorOf } from '../discord/translate.ts';
import { unlessOver } from '../discord/unless-over.ts';
import { confirmCancelView } from '../discord/views/crafts.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Asks whether a craft is really to be given up, and shows what comes back. */
export class CancelCraft extends ButtonHandler<[craftId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, craftId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const preview = await unlessOver(interaction, () =>
      game.crafting.previewCancel(world.reader, holder, craftId, world.clock.now()),
    );
    const view = confirmCancelView(translatorOf(interaction), preview);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
