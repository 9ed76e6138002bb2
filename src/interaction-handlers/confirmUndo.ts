import { z } from 'zod';
import { actionText } from '../discord/admin-action-text.ts';
import { causeOf } from '../discord/cause.ts';
import { managerOf } from '../discord/manager.ts';
import { requireSettable } from '../discord/require-settable.ts';
import { translatorOf } from '../discord/translate.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Takes back what the admin was asked about. */
export class ConfirmUndo extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    const { world, game } = this.container;
    const admin = managerOf(interaction);
    const action = world.transact(causeOf(interaction), (tx) => {
      const undone = game.undoing.accept(tx, admin, proposalId);
      requireSettable(interaction, undone);
      return undone;
    });
    const t = translatorOf(interaction);
    const content = t('admin:undo.done', { action: actionText(t, action) });
    await interaction.update({ content, components: [] });
  }
}
