import { personName } from '../discord/person.ts';
import { itemName, type Translate } from '../discord/translate.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    gift: { readonly from: string; readonly itemId: string; readonly quantity: number };
  }
}

/** The pink of wrapping paper. */
const COLOUR = 0xec6fa8;

/** A player got something from another one. */
export class Gift extends Card<'gift'> {
  override readonly audience = 'player';

  override render(t: Translate, announcement: AnnouncementOf<'gift'>): CardView {
    return {
      embed: {
        color: COLOUR,
        description: this.line(t, announcement),
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
    };
  }

  override line(t: Translate, { userId, subject }: AnnouncementOf<'gift'>): string {
    const { from, itemId, quantity } = subject;
    const facts = { giver: personName(t, from), recipient: personName(t, userId), item: itemName(t, itemId) };
    return t('giving:given', { ...facts, count: quantity });
  }
}
