import type { APIEmbed } from 'discord.js';
import type { ChosenWay } from '../../game/announcements/notifications.ts';
import { commandMention } from '../command-mention.ts';
import type { Translate } from '../translate.ts';

export interface NotificationChoices {
  readonly ways: readonly ChosenWay[];
  /** Whether the bot has found out that it cannot write to them. */
  readonly takesNoDirectMessages: boolean;
  /** Whether something was to be told in a channel that is told only to them. */
  readonly isOnlyDirect: boolean;
  /** Whether something was changed, or could not be because only one half of it was said. */
  readonly asked: 'nothing' | 'half' | 'changed';
}

/** How a player is notified of what, and how they change it. */
export function notifyView(
  t: Translate,
  { ways, takesNoDirectMessages, isOnlyDirect, asked }: NotificationChoices,
): { embeds: APIEmbed[] } {
  const lines = ways.map(({ kind, way, isDefault }) =>
    t(isDefault ? 'notifications:line.default' : 'notifications:line.chosen', {
      kind: kindName(t, kind),
      way: t(`notifications:way.${way}`),
    }),
  );
  const paragraphs = [
    t(`notifications:asked.${asked}`, {
      notify: commandMention(t, 'notify'),
      about: t('commands/notify:about.name'),
      how: t('commands/notify:how.name'),
    }),
    lines.join('\n'),
    ...(isOnlyDirect ? [t('notifications:onlyDirect')] : []),
    ...(takesNoDirectMessages ? [t('notifications:takesNoDirectMessages')] : []),
  ];
  const footer = { text: t('notifications:otherwise') };
  return { embeds: [{ title: t('notifications:title'), description: paragraphs.join('\n\n'), footer }] };
}

/** Kinds are found where the cards are; a test sees to it that each has a name. */
function kindName(t: Translate, kind: string): string {
  return t(`notifications:kind.${kind}`);
}
