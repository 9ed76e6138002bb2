import { z } from 'zod';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { translatorOf } from '../discord/translate.ts';
import { cancelledView, confirmCancelView } from '../discord/views/crafts.ts';
import type { CancelPreview } from '../game/crafting/crafting.ts';
import { Refusal } from '../game/refusal.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';
import type { Holder } from '../world/ledger.ts';

/** Gives a craft up, for at least the refund that the player saw; if it has shrunk since, asks again. */
export class ConfirmCancelCraft extends ButtonHandler<[craftId: string, agreedTo: number]> {
  override readonly facts = z.tuple([z.string().min(1), z.coerce.number().int().nonnegative()]);

  override async press(
    interaction: GuildButtonInteraction,
    craftId: string,
    agreedTo: number,
  ): Promise<void> {
    const t = translatorOf(interaction);
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const cancelled = this.#cancel(interaction, holder, craftId, agreedTo);
    if (cancelled) {
      await interaction.update(cancelledView(t, cancelled));
      return;
    }
    const preview = game.crafting.previewCancel(world.reader, holder, craftId, world.clock.now());
    await interaction.update(confirmCancelView(t, preview, true));
  }

  /** Undefined when the refund is less than what the player agreed to. */
  #cancel(
    interaction: GuildButtonInteraction,
    holder: Holder,
    craftId: string,
    agreedTo: number,
  ): CancelPreview | undefined {
    const { world, game } = this.container;
    try {
      return world.transact(causeOf(interaction), (tx) =>
        game.crafting.cancelCraft(tx, holder, craftId, agreedTo),
      );
    } catch (error) {
      if (error instanceof Refusal && error.code === 'refundChanged') return undefined;
      throw error;
    }
  }
}
