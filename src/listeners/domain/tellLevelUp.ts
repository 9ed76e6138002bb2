import type { EventOf } from '../../events/define-event.ts';
import { userLeveledUp } from '../../events/userLeveledUp.ts';
import { isOfEngagement } from '../../game/engagement/of-engagement.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells a player about their new level, where they played last. What the chat brought is told to who asked for it. */
export class TellLevelUp extends DomainListener<typeof userLeveledUp> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, userLeveledUp);
  }

  override handle(event: EventOf<typeof userLeveledUp>, tx: Tx): void {
    const { guildId, userId, data } = event;
    if (userId === null) return;
    const { announcements, engagementNews, players } = this.container.game;
    const holder = { guildId, userId };
    if (isOfEngagement(event) && !engagementNews.isWanted(tx.db, holder)) return;
    const channelId = players.channel(tx.db, holder);
    if (channelId === null) return;
    announcements.tell(tx, holder, channelId, { kind: 'levelUp', from: data.from, to: data.to });
  }
}
