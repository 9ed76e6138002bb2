import { userMention } from 'discord.js';
import { itemName, type Translate } from '../discord/translate.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    gift: { readonly to: string; readonly itemId: string; readonly quantity: number };
  }
}

/** The pink of wrapping paper. */
const COLOUR = 0xec6fa8;

/** Somebody gave something to somebody else. Neither is pinged. */
export class Gift extends Card<'gift'> {
  override readonly audience = 'player';

  override render(t: Translate, { userId, subject, occurredAt }: AnnouncementOf<'gift'>): CardView {
    const { to, itemId, quantity } = subject;
    const facts = { giver: userMention(userId), recipient: userMention(to), item: itemName(t, itemId) };
    return {
      embed: {
        color: COLOUR,
        description: t('giving:given', { ...facts, count: quantity }),
        timestamp: new Date(occurredAt).toISOString(),
      },
    };
  }
}
