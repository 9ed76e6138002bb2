import { leaderboardButton } from '../discord/leaderboard-button.ts';
import { personName } from '../discord/person.ts';
import type { Translate } from '../discord/translate.ts';
import { RARITY_COLOURS } from '../discord/views/colours.ts';
import { WORTH_OF_SERVER_MILESTONE } from '../discord/worth.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import type { CardView } from '../pieces/card.ts';
import { ServerCard } from '../pieces/server-card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    serverMilestone: { readonly milestone: number };
  }
}

/** All of a server together have crafted so many items; the craft that made it so is somebody's. */
export class ServerMilestone extends ServerCard<'serverMilestone'> {
  override render(t: Translate, announcement: AnnouncementOf<'serverMilestone'>): CardView {
    const { milestone } = announcement.subject;
    return {
      embed: {
        color: RARITY_COLOURS.legendary,
        title: t('announcements:serverMilestone.title', { count: milestone }),
        description: this.line(t, announcement),
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
      buttons: [leaderboardButton(t, 'crafts')],
    };
  }

  override line(t: Translate, { userId, subject }: AnnouncementOf<'serverMilestone'>): string {
    const facts = { maker: personName(t, userId), count: subject.milestone };
    return t('announcements:serverMilestone.reached', facts);
  }

  override heading(t: Translate, who: string, count: number): string {
    return t('announcements:serverMilestone.many', { who, count });
  }

  override worth(_announcement: AnnouncementOf<'serverMilestone'>): number {
    return WORTH_OF_SERVER_MILESTONE;
  }
}
