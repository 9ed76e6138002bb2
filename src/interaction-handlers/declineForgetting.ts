import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { translatorOf } from '../discord/translate.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Keeps what the player was asked about deleting. */
export class DeclineForgetting extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    world.transact(causeOf(interaction), (tx) => game.privacy.decline(tx, holder, proposalId));
    await interaction.update({ content: translatorOf(interaction)('privacy:forget.kept'), components: [] });
  }
}
