import { personName } from '../discord/person.ts';
import type { Translate } from '../discord/translate.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    testMessage: { readonly channelId: string };
  }
}

/** The green of something that works. */
const COLOUR = 0x3ba55d;

/** An admin wanted to see whether messages arrive here. */
export class TestMessage extends Card<'testMessage'> {
  override readonly audience = 'admins';

  override render(t: Translate, announcement: AnnouncementOf<'testMessage'>): CardView {
    const { occurredAt } = announcement;
    return {
      embed: {
        color: COLOUR,
        title: t('announcements:testMessage.title'),
        description: this.line(t, announcement),
        timestamp: new Date(occurredAt).toISOString(),
      },
    };
  }

  override line(t: Translate, { userId }: AnnouncementOf<'testMessage'>): string {
    return t('announcements:testMessage.asked', { admin: personName(t, userId) });
  }
}
