import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { markOf } from '../discord/channel-sender.ts';
import { translatorOf } from '../discord/translate.ts';
import { forgottenText } from '../discord/views/privacy.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';
import { findTraces } from '../world/traces.ts';

/** Forgets whoever was asked whether they want that, in one server or in all. */
export class ConfirmForgetting extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    const cause = causeOf(interaction);
    await interaction.deferUpdate();
    const traces = await findTraces(world, holder.userId);
    game.privacy.settle(world, holder, traces);
    const cancelled = world.transact(cause, (tx) => game.privacy.accept(tx, holder, proposalId, traces));
    const erasure = world.transact({ cause: `${cause.cause}/forget` }, (tx) =>
      game.privacy.forget(tx, proposalId, markOf, traces),
    );
    const { deleted = 0, anonymized = 0 } = erasure ?? {};
    const content = forgottenText(translatorOf(interaction), { deleted, anonymized, cancelled });
    await interaction.editReply({ content, components: [] });
  }
}
