import type { EventOf } from '../../events/define-event.ts';
import { serverMilestoneReached } from '../../events/serverMilestoneReached.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells the server how much it has done together. */
export class AnnounceServerMilestone extends DomainListener<typeof serverMilestoneReached> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, serverMilestoneReached);
  }

  override handle({ guildId, userId, data }: EventOf<typeof serverMilestoneReached>, tx: Tx): void {
    // The only thing that is counted so far, and has words.
    if (userId === null || data.metric !== 'itemsCrafted') return;
    const { milestone } = data;
    this.container.game.announcements.announce(
      tx,
      { guildId, userId },
      { kind: 'serverMilestone', milestone },
    );
  }
}
