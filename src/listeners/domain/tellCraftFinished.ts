import type { EventOf } from '../../events/define-event.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells a player that their craft is finished, where they ordered it. */
export class TellCraftFinished extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemCrafted>, tx: Tx): void {
    if (userId === null) return;
    const { craftId, recipeId, itemId, quantity, masterworks, xp, channelId } = data;
    this.container.game.announcements.tell(tx, { guildId, userId }, channelId, {
      kind: 'craftFinished',
      craftId,
      recipeId,
      itemId,
      quantity,
      masterworks,
      xp,
    });
  }
}
