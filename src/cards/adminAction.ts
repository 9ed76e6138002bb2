import { actionText } from '../discord/admin-action-text.ts';
import type { Translate } from '../discord/translate.ts';
import { adminActionIn, upgradeEvent } from '../events/define-event.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    adminAction: { readonly eventId: string };
  }
}

/** The grey of ink. */
const COLOUR = 0x64748b;

/** One of those who run the server did something, for the others in the log channel. */
export class AdminAction extends Card<'adminAction'> {
  override readonly audience = 'admins';

  override render(t: Translate, announcement: AnnouncementOf<'adminAction'>): CardView {
    return {
      embed: {
        color: COLOUR,
        description: this.line(t, announcement),
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
    };
  }

  override line(t: Translate, { guildId, subject }: AnnouncementOf<'adminAction'>): string {
    const event = this.container.world.eventLog.find(subject.eventId);
    // A file that was imported may name any event: what happened in another server is not told here.
    const action = event?.guildId === guildId ? adminActionIn(upgradeEvent(event)) : undefined;
    if (!event || !action) throw new Error(`There is no action ${subject.eventId}.`);
    return actionText(t, { event: upgradeEvent(event), adminId: action.adminId });
  }
}
