import type { EventOf } from '../../events/define-event.ts';
import { engagementRewarded } from '../../events/engagementRewarded.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Notes what taking part has brought, for players who want to be told. */
export class CollectEngagementNews extends DomainListener<typeof engagementRewarded> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, engagementRewarded);
  }

  override handle({ guildId, userId, data }: EventOf<typeof engagementRewarded>, tx: Tx): void {
    if (userId === null) return;
    this.container.game.engagementNews.collect(tx, { guildId, userId }, data.xp, data.items);
  }
}
