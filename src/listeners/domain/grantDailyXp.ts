import { dailyClaimed } from '../../events/dailyClaimed.ts';
import type { EventOf } from '../../events/define-event.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Pays the XP of the gift of the day. */
export class GrantDailyXp extends DomainListener<typeof dailyClaimed> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, dailyClaimed);
  }

  override handle({ guildId, userId, data }: EventOf<typeof dailyClaimed>, tx: Tx): void {
    if (userId === null) return;
    this.container.game.progression.grantXp(tx, { guildId, userId }, data.xp, 'daily');
  }
}
