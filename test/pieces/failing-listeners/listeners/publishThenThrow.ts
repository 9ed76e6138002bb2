import type { EventOf } from '../../../../src/events/define-event.ts';
import { itemCrafted } from '../../../../src/events/itemCrafted.ts';
import { DomainListener } from '../../../../src/pieces/domain-listener.ts';
import type { Tx } from '../../../../src/world/transaction.ts';
import { isSwitchedOn } from '../../fault-switch.ts';

/** Grants XP, which publishes events, and then throws as long as the fault is there. */
export class PublishThenThrow extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle({ guildId, userId }: EventOf<typeof itemCrafted>, tx: Tx): void {
    if (userId) this.container.game.progression.grantXp(tx, { guildId, userId }, 1_000, 'engagement');
    if (isSwitchedOn('throw')) throw new Error('The fault of the test.');
  }
}
