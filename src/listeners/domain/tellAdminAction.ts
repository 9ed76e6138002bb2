import { adminActionIn } from '../../events/define-event.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { DomainEvent } from '../../world/event.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells the log channel what those who run the server do. */
export class TellAdminAction extends DomainListener {
  constructor(context: DomainListener.LoaderContext) {
    super(context);
  }

  override hears(event: DomainEvent): boolean {
    return adminActionIn(event) !== undefined;
  }

  override handle(event: DomainEvent, tx: Tx): void {
    const action = adminActionIn(event);
    if (!action) return;
    const { guildId, id: eventId } = event;
    const admin = { guildId, userId: action.adminId };
    this.container.game.announcements.tellLog(tx, admin, { kind: 'adminAction', eventId });
  }
}
