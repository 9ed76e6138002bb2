import { z } from 'zod';
import { actorOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { translatorOf } from '../discord/translate.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Hands over the gift that the player was asked about. */
export class ConfirmGift extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    const { world, game } = this.container;
    const giver = actorOf(interaction);
    game.dueWork.settle(world, giver);
    world.transact(causeOf(interaction), (tx) => game.giving.accept(tx, giver, proposalId));
    await interaction.update({ content: translatorOf(interaction)('giving:done'), components: [] });
  }
}
