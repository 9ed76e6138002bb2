import type { EventOf } from '../../events/define-event.ts';
import { itemGiven } from '../../events/itemGiven.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells where the giver is that something was given away: whoever got it reads it there. */
export class TellGift extends DomainListener<typeof itemGiven> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemGiven);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemGiven>, tx: Tx): void {
    if (userId === null) return;
    const { announcements, players } = this.container.game;
    const giver = { guildId, userId };
    const channelId = players.channel(tx.db, giver);
    if (channelId === null) return;
    announcements.tell(tx, giver, channelId, { kind: 'gift', ...data });
  }
}
