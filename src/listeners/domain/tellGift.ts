import type { EventOf } from '../../events/define-event.ts';
import { itemGiven } from '../../events/itemGiven.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells a player that they got something, where the giver is: there everybody reads it. */
export class TellGift extends DomainListener<typeof itemGiven> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemGiven);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemGiven>, tx: Tx): void {
    if (userId === null) return;
    const { announcements, players } = this.container.game;
    const { to, itemId, quantity } = data;
    const channelId = players.channel(tx.db, { guildId, userId });
    if (channelId === null) return;
    const subject = { kind: 'gift', from: userId, itemId, quantity } as const;
    announcements.tell(tx, { guildId, userId: to }, channelId, subject);
  }
}
