import { z } from 'zod';
import { actorOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { translatorOf } from '../discord/translate.ts';
import { giftView } from '../discord/views/gifts.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Hands over the gift that the player was asked about, and lets the channel know. */
export class ConfirmGift extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    const { world, game } = this.container;
    const giver = actorOf(interaction);
    game.dueWork.settle(world, giver);
    const present = world.transact(causeOf(interaction), (tx) => game.giving.accept(tx, giver, proposalId));
    const t = translatorOf(interaction);
    await interaction.update({ content: t('giving:done'), components: [] });
    await interaction.followUp(giftView(t, giver.userId, present));
  }
}
