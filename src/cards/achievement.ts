import { personName } from '../discord/person.ts';
import type { Translate } from '../discord/translate.ts';
import { achievementText } from '../discord/views/achievements.ts';
import { TIER_COLOURS } from '../discord/views/colours.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    achievement: { readonly achievementId: string };
  }
}

/** A player has earned an achievement. */
export class AchievementCard extends Card<'achievement'> {
  override readonly audience = 'player';

  override render(t: Translate, { userId, subject }: AnnouncementOf<'achievement'>): CardView {
    const achievement = this.container.game.catalog.current.achievements.get(subject.achievementId);
    const earned = t('progress:card.earned', { player: personName(t, userId) });
    // The content may have lost it since.
    if (!achievement) return { embed: { description: earned } };
    const { heading, description } = achievementText(t, achievement);
    return {
      embed: {
        color: TIER_COLOURS[achievement.tier],
        description: [earned, heading, description].join('\n'),
      },
    };
  }

  override line(t: Translate, { userId, subject }: AnnouncementOf<'achievement'>): string {
    const achievement = this.container.game.catalog.current.achievements.get(subject.achievementId);
    const earned = t('progress:card.earned', { player: personName(t, userId) });
    return achievement ? `${earned}\n${achievementText(t, achievement).heading}` : earned;
  }
}
