import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { translatorOf } from '../discord/translate.ts';
import { turnedBackView } from '../discord/views/trips.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Gives a trip up. */
export class ConfirmTurnBack extends ButtonHandler<[tripId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, tripId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const trip = world.transact(causeOf(interaction), (tx) => game.gathering.turnBack(tx, holder, tripId));
    await interaction.update(turnedBackView(translatorOf(interaction), trip));
  }
}
