import type { EventOf } from '../../events/define-event.ts';
import { engagementObserved } from '../../events/engagementObserved.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Keeps the tally of who takes part, for `processEngagement` to reward. */
export class TallyEngagement extends DomainListener<typeof engagementObserved> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, engagementObserved);
  }

  override handle({ guildId, userId, data }: EventOf<typeof engagementObserved>, tx: Tx): void {
    if (userId === null) return;
    this.container.game.engagement.tally(tx, { guildId, userId, ...data });
  }
}
