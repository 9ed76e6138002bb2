import type { APIEmbed } from 'discord.js';
import type { Announcement } from '../../game/announcements/announcements.table.ts';
import type { ButtonRow } from '../components.ts';
import { relativeTime } from '../in-words.ts';
import { pageButtons, pageOf } from '../paging.ts';
import type { Translate } from '../translate.ts';
import { lineOf } from './announcements.ts';
import { RARITY_COLOURS } from './colours.ts';

/** Twenty lines of 200 characters fit into a description ("Embed Limits"). */
const PER_PAGE = 15;

/** A page of everything that one message tells or counts. */
export function announcementsPageView(
  t: Translate,
  look: {
    readonly announcements: readonly Announcement[];
    readonly messageId: string;
    readonly readerId: string;
    readonly page: number;
  },
): { embeds: APIEmbed[]; components: ButtonRow[] } {
  const { announcements, messageId, readerId, page } = look;
  const shown = pageOf(announcements, page, PER_PAGE);
  const lines = shown.entries.map(
    (announcement) => `${lineOf(t, announcement)} · ${relativeTime(announcement.occurredAt)}`,
  );
  return {
    embeds: [
      {
        color: RARITY_COLOURS.rare,
        title: t('announcements:page.title', { count: announcements.length }),
        description: lines.join('\n'),
      },
    ],
    components: pageButtons(t, shown, 'announcementsPage', readerId, messageId),
  };
}
