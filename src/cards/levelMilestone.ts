import { leaderboardButton } from '../discord/leaderboard-button.ts';
import { personName } from '../discord/person.ts';
import type { Translate } from '../discord/translate.ts';
import { worthOfLevel } from '../discord/worth.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import type { CardView } from '../pieces/card.ts';
import { ServerCard } from '../pieces/server-card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    levelMilestone: { readonly level: number };
  }
}

const COLOUR = 0xfacc15;

/** Somebody has reached a level that the server celebrates. */
export class LevelMilestone extends ServerCard<'levelMilestone'> {
  override render(t: Translate, announcement: AnnouncementOf<'levelMilestone'>): CardView {
    const { level } = announcement.subject;
    return {
      embed: {
        color: COLOUR,
        title: t('announcements:levelMilestone.title', { level }),
        description: this.line(t, announcement),
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
      buttons: [leaderboardButton(t, 'xp')],
    };
  }

  override line(t: Translate, { userId, subject }: AnnouncementOf<'levelMilestone'>): string {
    return t('announcements:levelMilestone.reached', { player: personName(t, userId), level: subject.level });
  }

  override heading(t: Translate, who: string, count: number): string {
    return t('announcements:levelMilestone.many', { who, count });
  }

  override worth({ subject }: AnnouncementOf<'levelMilestone'>): number {
    return worthOfLevel(subject.level);
  }
}
