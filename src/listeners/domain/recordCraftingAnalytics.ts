import type { EventOf } from '../../events/define-event.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Keeps the server's daily figures of what was crafted. */
export class RecordCraftingAnalytics extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle({ guildId, data }: EventOf<typeof itemCrafted>, tx: Tx): void {
    const { analytics } = this.container.game;
    analytics.count(tx, guildId, 'itemsCrafted', data.quantity);
    analytics.count(tx, guildId, `itemsCrafted:${data.rarity}`, data.quantity);
  }
}
