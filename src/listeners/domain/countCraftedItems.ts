import type { EventOf } from '../../events/define-event.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Counts what a player has crafted, which earns achievements such as Master Crafter. */
export class CountCraftedItems extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemCrafted>, tx: Tx): void {
    if (userId === null) return;
    this.container.game.achievements.count(tx, { guildId, userId }, 'itemsCrafted', data.quantity);
  }
}
