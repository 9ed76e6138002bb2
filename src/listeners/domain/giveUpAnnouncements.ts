import type { EventOf } from '../../events/define-event.ts';
import { serverLeft } from '../../events/serverLeft.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells nothing any more to a server that the bot has left. */
export class GiveUpAnnouncements extends DomainListener<typeof serverLeft> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, serverLeft);
  }

  override handle({ guildId }: EventOf<typeof serverLeft>, tx: Tx): void {
    this.container.game.announcements.giveUp(tx, guildId);
  }
}
