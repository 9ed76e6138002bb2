import type { APIEmbed } from 'discord.js';
import type { RecordedAction, RecordPage } from '../../game/admin/admin-log.ts';
import { actionText } from '../admin-action-text.ts';
import { relativeTime } from '../in-words.ts';
import { pageButtons } from '../paging.ts';
import { personName } from '../person.ts';
import { shorten } from '../shorten.ts';
import type { Translate } from '../translate.ts';

/** The grey of ink. */
const COLOUR = 0x64748b;

/** Eight lines of this length fit into a description ("Embed Limits": 4,096). */
const LONGEST_LINE = 480;

export interface AdminLogLook {
  /** Who turns the pages. */
  readonly readerId: string;
  /** Whose entries are shown; undefined for all of them. */
  readonly about: string | undefined;
  readonly page: RecordPage;
}

/** A page of what those who run the server did, the newest first. */
export function adminLogView(t: Translate, { readerId, about, page }: AdminLogLook) {
  const lines = page.entries.map((action) => shorten(lineOf(t, action), LONGEST_LINE));
  const aboutLine = about === undefined ? [] : [t('admin:log.about', { player: personName(t, about) })];
  const embed: APIEmbed = {
    color: COLOUR,
    title: t('admin:log.title'),
    description: page.total === 0 ? emptyText(t, about) : [...aboutLine, ...lines].join('\n'),
    ...(page.total === 0 ? {} : { footer: { text: t('admin:log.total', { count: page.total }) } }),
  };
  return {
    embeds: [embed],
    components: pageButtons(t, page, 'adminLogPage', readerId, about ?? ''),
  };
}

function emptyText(t: Translate, about: string | undefined): string {
  if (about === undefined) return t('admin:log.empty');
  return t('admin:log.emptyAbout', { player: personName(t, about) });
}

function lineOf(t: Translate, action: RecordedAction): string {
  const { event, undone } = action;
  const text = actionText(t, action);
  const told = undone
    ? t('admin:log.undone', {
        admin: personName(t, undone.adminId),
        undoneAt: relativeTime(undone.at),
        action: text,
      })
    : text;
  return t('admin:log.line', { when: relativeTime(event.occurredAt), action: told });
}
