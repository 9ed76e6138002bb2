import { z } from 'zod';
import { answerOrder } from '../discord/answer-order.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Orders what was finished once more. */
export class RepeatCraft extends ButtonHandler<[craftId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, craftId: string): Promise<void> {
    await answerOrder(interaction, (tx, actor) =>
      this.container.game.crafting.repeatCraft(tx, actor, craftId),
    );
  }
}
