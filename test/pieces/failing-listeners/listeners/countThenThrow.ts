import type { EventOf } from '../../../../src/events/define-event.ts';
import { itemCrafted } from '../../../../src/events/itemCrafted.ts';
import { DomainListener } from '../../../../src/pieces/domain-listener.ts';
import type { Tx } from '../../../../src/world/transaction.ts';
import { isSwitchedOn } from '../../fault-switch.ts';

/** Has an effect, and then throws as long as the fault is there. */
export class CountThenThrow extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle({ guildId }: EventOf<typeof itemCrafted>, tx: Tx): void {
    this.container.game.analytics.count(tx, guildId, 'testEffect', 1);
    if (isSwitchedOn('throw')) throw new Error('The fault of the test.');
  }
}
