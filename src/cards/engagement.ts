import { personName } from '../discord/person.ts';
import { shorten } from '../discord/shorten.ts';
import { amounts, type Translate } from '../discord/translate.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import type { ItemAmount } from '../game/content/catalog.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    engagement: { readonly xp: number; readonly items: readonly ItemAmount[] };
  }
}

/** Ten cards share the 6,000 characters of a message's embeds ("Embed Limits"). */
const LONGEST_DESCRIPTION = 450;

const COLOUR = 0x5eead4;

/** What taking part in the chat has brought a player who asked to be told. */
export class Engagement extends Card<'engagement'> {
  override readonly audience = 'player';

  override render(t: Translate, announcement: AnnouncementOf<'engagement'>): CardView {
    return {
      embed: {
        color: COLOUR,
        description: shorten(this.line(t, announcement), LONGEST_DESCRIPTION),
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
    };
  }

  override line(t: Translate, announcement: AnnouncementOf<'engagement'>): string {
    return this.#lines(t, announcement).join('\n');
  }

  #lines(t: Translate, { userId, subject }: AnnouncementOf<'engagement'>): string[] {
    const { xp, items } = subject;
    return [
      t('engagement:news.brought', { player: personName(t, userId) }),
      ...(xp > 0 ? [t('engagement:news.xp', { xp })] : []),
      ...(items.length > 0 ? [t('engagement:news.found', { items: amounts(t, items) })] : []),
    ];
  }
}
