import { achievementUnlocked } from '../../events/achievementUnlocked.ts';
import type { EventOf } from '../../events/define-event.ts';
import { achievementTier } from '../../game/announcements/settings.ts';
import { ACHIEVEMENT_TIERS } from '../../game/content/schema.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/**
 * Tells the server when somebody has earned an achievement of a tier that is high enough for it. What was earned before
 * the achievement was there comes without a word: it would be everybody's at once.
 */
export class AnnounceRareAchievement extends DomainListener<typeof achievementUnlocked> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, achievementUnlocked);
  }

  override handle({ guildId, userId, data }: EventOf<typeof achievementUnlocked>, tx: Tx): void {
    const { announcements, catalog, settings } = this.container.game;
    const { achievementId, retroactive } = data;
    if (userId === null || retroactive) return;
    const tier = catalog.current.achievements.get(achievementId)?.tier;
    const threshold = settings.get(tx.db, guildId, achievementTier);
    if (tier === undefined || ACHIEVEMENT_TIERS.indexOf(tier) < ACHIEVEMENT_TIERS.indexOf(threshold)) return;
    announcements.announce(tx, { guildId, userId }, { kind: 'rareAchievement', achievementId });
  }
}
