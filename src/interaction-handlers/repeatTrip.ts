import { z } from 'zod';
import { actorOf } from '../discord/actor.ts';
import { withBoosts } from '../discord/boosts.ts';
import { causeOf } from '../discord/cause.ts';
import { translatorOf } from '../discord/translate.ts';
import { tripStartedView } from '../discord/views/trips.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Goes where a trip led that is over, once more. */
export class RepeatTrip extends ButtonHandler<[tripId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, tripId: string): Promise<void> {
    const { world, game } = this.container;
    const actor = actorOf(interaction);
    game.dueWork.settle(world, actor);
    const { trip, without } = world.transact(causeOf(interaction), (tx) =>
      game.gathering.repeat(tx, actor, tripId),
    );
    const t = translatorOf(interaction);
    await interaction.reply(withBoosts(t, actor.guildId, tripStartedView(t, trip, without)));
  }
}
