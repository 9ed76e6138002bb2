import type { EventOf } from '../../events/define-event.ts';
import { itemsGathered } from '../../events/itemsGathered.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Keeps the server's daily figure of what was gathered. */
export class RecordGatheringAnalytics extends DomainListener<typeof itemsGathered> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemsGathered);
  }

  override handle({ guildId, data }: EventOf<typeof itemsGathered>, tx: Tx): void {
    if (data.total > 0) this.container.game.analytics.count(tx, guildId, 'itemsGathered', data.total);
  }
}
