import { z } from 'zod';
import { causeOf } from '../discord/cause.ts';
import { managerOf } from '../discord/manager.ts';
import { translatorOf } from '../discord/translate.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Leaves what the admin was asked about as it is. */
export class DeclineUndo extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    const { world, game } = this.container;
    const admin = managerOf(interaction);
    world.transact(causeOf(interaction), (tx) => game.undoing.decline(tx, admin, proposalId));
    await interaction.update({ content: translatorOf(interaction)('admin:undo.kept'), components: [] });
  }
}
