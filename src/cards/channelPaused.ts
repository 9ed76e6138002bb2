import { channelMention } from 'discord.js';
import type { Translate } from '../discord/translate.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

/** The red of something that wants looking after. */
const COLOUR = 0xdc2626;

/** The bot cannot write in a channel, and what that means. Told once, until it can again. */
export class ChannelPaused extends Card<'channelPaused'> {
  override readonly audience = 'admins';

  override render(t: Translate, announcement: AnnouncementOf<'channelPaused'>): CardView {
    const { problem } = announcement.subject;
    return {
      embed: {
        color: COLOUR,
        title: t('announcements:channelPaused.title'),
        description: [
          this.line(t, announcement),
          t(`announcements:channelPaused.remedy.${problem}`),
          t('announcements:channelPaused.kept'),
        ].join('\n\n'),
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
    };
  }

  override line(t: Translate, { subject }: AnnouncementOf<'channelPaused'>): string {
    const { channelId, problem } = subject;
    return t(`announcements:channelPaused.problem.${problem}`, { channel: channelMention(channelId) });
  }
}
