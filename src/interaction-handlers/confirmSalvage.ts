import { z } from 'zod';
import { actorOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { translatorOf } from '../discord/translate.ts';
import { salvagedView } from '../discord/views/salvage.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Takes apart what the player was asked about. */
export class ConfirmSalvage extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    const { world, game } = this.container;
    const actor = actorOf(interaction);
    game.dueWork.settle(world, actor);
    const salvaged = world.transact(causeOf(interaction), (tx) => game.salvage.accept(tx, actor, proposalId));
    await interaction.update(salvagedView(translatorOf(interaction), salvaged));
  }
}
