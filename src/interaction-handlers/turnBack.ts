import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { translatorOf } from '../discord/translate.ts';
import { unlessOver } from '../discord/unless-over.ts';
import { turnBackView } from '../discord/views/trips.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Asks whether a trip is really to be given up. */
export class TurnBack extends ButtonHandler<[tripId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, tripId: string): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const trip = await unlessOver(interaction, () =>
      game.gathering.previewTurnBack(world.reader, holder, tripId, world.clock.now()),
    );
    const view = turnBackView(translatorOf(interaction), trip);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
