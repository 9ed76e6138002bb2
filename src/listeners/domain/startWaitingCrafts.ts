import { balanceAdjusted } from '../../events/balanceAdjusted.ts';
import type { EventOf } from '../../events/define-event.ts';
import { userLeveledUp } from '../../events/userLeveledUp.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Starts what waits in the queue when a new level opens a slot for it, be it one that came with XP from an admin. */
export class StartWaitingCrafts extends DomainListener<typeof userLeveledUp | typeof balanceAdjusted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, userLeveledUp, balanceAdjusted);
  }

  override handle({ guildId, userId }: EventOf<typeof userLeveledUp | typeof balanceAdjusted>, tx: Tx): void {
    if (userId === null) return;
    this.container.game.crafting.startWaiting(tx, { guildId, userId });
  }
}
