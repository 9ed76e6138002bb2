import type { EventOf } from '../../events/define-event.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Counts what a server has crafted in all. */
export class CountServerTotals extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemCrafted>, tx: Tx): void {
    if (userId === null) return;
    this.container.game.serverTotals.count(tx, { guildId, userId }, 'itemsCrafted', data.quantity);
  }
}
