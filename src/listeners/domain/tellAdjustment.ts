import { balanceAdjusted } from '../../events/balanceAdjusted.ts';
import type { EventOf } from '../../events/define-event.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells a player what those who run the server gave them or took, and that it was undone. */
export class TellAdjustment extends DomainListener<typeof balanceAdjusted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, balanceAdjusted);
  }

  override handle({ guildId, userId, data }: EventOf<typeof balanceAdjusted>, tx: Tx): void {
    if (userId === null) return;
    const { announcements, players } = this.container.game;
    const holder = { guildId, userId };
    const channelId = players.channel(tx.db, holder);
    // Who has never played has been nowhere yet where they could be told.
    if (channelId === null) return;
    const { asset, change, reason, adminId, undoes } = data;
    const isUndo = undoes !== null;
    announcements.tell(tx, holder, channelId, { kind: 'adjustment', asset, change, reason, adminId, isUndo });
  }
}
