import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { translatorOf } from '../discord/translate.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Keeps what the player was asked about giving away. */
export class DeclineGift extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    world.transact(causeOf(interaction), (tx) => game.giving.decline(tx, holder, proposalId));
    await interaction.update({ content: translatorOf(interaction)('giving:kept'), components: [] });
  }
}
