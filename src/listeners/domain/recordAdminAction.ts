import { adminActionIn } from '../../events/define-event.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { DomainEvent } from '../../world/event.ts';
import type { Tx } from '../../world/transaction.ts';

/** Takes what those who run a server do into their record. */
export class RecordAdminAction extends DomainListener {
  constructor(context: DomainListener.LoaderContext) {
    super(context);
  }

  override hears(event: DomainEvent): boolean {
    return adminActionIn(event) !== undefined;
  }

  override handle(event: DomainEvent, tx: Tx): void {
    this.container.game.adminLog.note(tx, event);
  }
}
