import type { APIEmbed } from 'discord.js';
import { commandMention } from '../command-mention.ts';
import type { Translate } from '../translate.ts';

export interface ChosenPreferences {
  readonly listing: 'shown' | 'hidden';
  /** Whether something has just been changed. */
  readonly changed: boolean;
}

/** How Forgeling treats somebody, and how they change it. */
export function preferencesView(
  t: Translate,
  { listing, changed }: ChosenPreferences,
): { embeds: APIEmbed[] } {
  const description = t(changed ? 'preferences:changed' : 'preferences:howTo', {
    preferences: commandMention(t, 'preferences'),
  });
  const fields = [
    { name: t('preferences:leaderboards.name'), value: t(`preferences:leaderboards.${listing}`) },
    {
      name: t('preferences:notifications.name'),
      value: t('preferences:notifications.chosen', { notify: commandMention(t, 'notify') }),
    },
  ];
  return { embeds: [{ title: t('preferences:title'), description, fields }] };
}
