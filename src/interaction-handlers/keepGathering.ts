import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { translatorOf } from '../discord/translate.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Goes on with a trip after all. */
export class KeepGathering extends ButtonHandler<[tripId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, tripId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    // Refused where it isn't theirs, or is over by now.
    game.gathering.previewTurnBack(world.reader, holder, tripId, world.clock.now());
    await interaction.update({
      content: translatorOf(interaction)('gathering:turnBack.kept'),
      components: [],
    });
  }
}
