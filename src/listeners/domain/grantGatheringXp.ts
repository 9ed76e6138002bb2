import type { EventOf } from '../../events/define-event.ts';
import { itemsGathered } from '../../events/itemsGathered.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Pays the XP that the place promised when the trip began. */
export class GrantGatheringXp extends DomainListener<typeof itemsGathered> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemsGathered);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemsGathered>, tx: Tx): void {
    if (userId === null) return;
    this.container.game.progression.grantXp(tx, { guildId, userId }, data.xp, 'gathering');
  }
}
