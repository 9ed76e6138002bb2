import { achievementUnlocked } from '../../events/achievementUnlocked.ts';
import type { EventOf } from '../../events/define-event.ts';
import { isOfEngagement } from '../../game/engagement/of-engagement.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import { findEvent } from '../../world/event-log.ts';
import type { Tx } from '../../world/transaction.ts';

/**
 * Tells a player what they have earned, where they played last. What was earned before the achievement was there comes
 * without a word: it would be many at once. What taking part in the chat earned is told to who asked for such news.
 */
export class TellAchievement extends DomainListener<typeof achievementUnlocked> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, achievementUnlocked);
  }

  override handle(event: EventOf<typeof achievementUnlocked>, tx: Tx): void {
    const { guildId, userId, causeId, data } = event;
    if (userId === null || data.retroactive) return;
    const { announcements, engagementNews, players } = this.container.game;
    const holder = { guildId, userId };
    const cause = findEvent(tx.db, causeId);
    if (cause && isOfEngagement(cause) && !engagementNews.isWanted(tx.db, holder)) return;
    const channelId = players.channel(tx.db, holder);
    if (channelId === null) return;
    announcements.tell(tx, holder, channelId, { kind: 'achievement', achievementId: data.achievementId });
  }
}
