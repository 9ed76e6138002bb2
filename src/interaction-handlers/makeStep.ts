import { z } from 'zod';
import { answerOrder } from '../discord/answer-order.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Takes one step of a plan. Only whoever asked for the plan sees the answer, as they alone saw the plan. */
export class MakeStep extends ButtonHandler<[proposalId: string]> {
  override readonly facts = z.tuple([z.string().min(1)]);

  override async press(interaction: GuildButtonInteraction, proposalId: string): Promise<void> {
    await answerOrder(
      interaction,
      (tx, actor) => this.container.game.planning.takeStep(tx, actor, proposalId),
      { isPrivate: true },
    );
  }
}
