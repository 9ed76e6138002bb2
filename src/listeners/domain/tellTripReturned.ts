import type { EventOf } from '../../events/define-event.ts';
import { itemsGathered } from '../../events/itemsGathered.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells a player what a trip of theirs has brought, where it began. */
export class TellTripReturned extends DomainListener<typeof itemsGathered> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemsGathered);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemsGathered>, tx: Tx): void {
    if (userId === null) return;
    const { tripId, placeId, items, xp, channelId } = data;
    this.container.game.announcements.tell(tx, { guildId, userId }, channelId, {
      kind: 'tripReturned',
      tripId,
      placeId,
      items,
      xp,
    });
  }
}
