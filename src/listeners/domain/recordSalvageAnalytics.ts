import type { EventOf } from '../../events/define-event.ts';
import { itemSalvaged } from '../../events/itemSalvaged.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Keeps the server's daily figure of what was taken apart. */
export class RecordSalvageAnalytics extends DomainListener<typeof itemSalvaged> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemSalvaged);
  }

  override handle({ guildId, data }: EventOf<typeof itemSalvaged>, tx: Tx): void {
    this.container.game.analytics.count(tx, guildId, 'itemsSalvaged', data.quantity);
  }
}
