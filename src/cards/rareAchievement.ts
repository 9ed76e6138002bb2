import { leaderboardButton } from '../discord/leaderboard-button.ts';
import { personName } from '../discord/person.ts';
import type { Translate } from '../discord/translate.ts';
import { achievementText } from '../discord/views/achievements.ts';
import { TIER_COLOURS } from '../discord/views/colours.ts';
import { worthOfAchievement } from '../discord/worth.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import type { Achievement } from '../game/content/schema.ts';
import type { CardView } from '../pieces/card.ts';
import { ServerCard } from '../pieces/server-card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    rareAchievement: { readonly achievementId: string };
  }
}

/** Somebody has earned an achievement that is rare enough for the server. */
export class RareAchievement extends ServerCard<'rareAchievement'> {
  override render(t: Translate, announcement: AnnouncementOf<'rareAchievement'>): CardView {
    const achievement = this.#achievement(announcement);
    const timestamp = new Date(announcement.occurredAt).toISOString();
    const buttons = [leaderboardButton(t, 'achievements')];
    const earned = this.line(t, announcement);
    // The content may have lost it since.
    if (!achievement) return { embed: { description: earned, timestamp }, buttons };
    const { id, tier } = achievement;
    const facts = { tier: t(`progress:tier.${tier}`), name: t(`achievements:${id}.name`) };
    const { description } = achievementText(t, achievement);
    return {
      embed: {
        color: TIER_COLOURS[tier],
        title: t('announcements:rareAchievement.title', facts),
        description: `${earned}\n${t('announcements:rareAchievement.how', { description })}`,
        timestamp,
      },
      buttons,
    };
  }

  override line(t: Translate, announcement: AnnouncementOf<'rareAchievement'>): string {
    const player = personName(t, announcement.userId);
    const achievement = this.#achievement(announcement);
    if (!achievement) return t('announcements:rareAchievement.forgotten', { player });
    return t('announcements:rareAchievement.earned', {
      player,
      achievement: achievementText(t, achievement).heading,
    });
  }

  override heading(t: Translate, who: string, count: number): string {
    return t('announcements:rareAchievement.many', { who, count });
  }

  override worth(announcement: AnnouncementOf<'rareAchievement'>): number {
    return worthOfAchievement(this.#achievement(announcement)?.tier ?? 'bronze');
  }

  #achievement({ subject }: AnnouncementOf<'rareAchievement'>): Achievement | undefined {
    return this.container.game.catalog.current.achievements.get(subject.achievementId);
  }
}
