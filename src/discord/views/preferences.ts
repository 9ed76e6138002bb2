import type { APIEmbed } from 'discord.js';
import { commandMention } from '../command-mention.ts';
import type { Translate } from '../translate.ts';

export interface ChosenPreferences {
  readonly listing: 'shown' | 'hidden';
  readonly news: boolean;
  /** Whether something has just been changed. */
  readonly changed: boolean;
}

/** How Forgeling treats somebody, and how they change it. */
export function preferencesView(
  t: Translate,
  { listing, news, changed }: ChosenPreferences,
): { embeds: APIEmbed[] } {
  const description = t(changed ? 'preferences:changed' : 'preferences:howTo', {
    preferences: commandMention(t, 'preferences'),
  });
  const fields = [
    { name: t('preferences:leaderboards.name'), value: t(`preferences:leaderboards.${listing}`) },
    {
      name: t('preferences:engagementNews.name'),
      value: t(`preferences:engagementNews.${news ? 'on' : 'off'}`),
    },
  ];
  return { embeds: [{ title: t('preferences:title'), description, fields }] };
}
