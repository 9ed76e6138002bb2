import { container } from '@sapphire/framework';
import { type APIEmbed, userMention } from 'discord.js';
import type { Announcement } from '../../game/announcements/announcements.table.ts';
import { DEFAULT_LANGUAGE, itemName, type Translate, translator } from '../translate.ts';
import { RARITY_COLOURS } from './colours.ts';

/** The message that tells a channel these announcements, one card for each. Nobody is pinged by it. */
export function composeAnnouncements(announcements: readonly Announcement[]): Record<string, unknown> {
  const t = translator(DEFAULT_LANGUAGE);
  return {
    embeds: announcements.map((announcement) => card(t, announcement)),
    allowed_mentions: { parse: [] },
  };
}

function card(t: Translate, { userId, subject, occurredAt }: Announcement): APIEmbed {
  const { itemId, quantity, masterworks } = subject;
  const rarity = container.game.catalog.current.items.get(itemId)?.rarity ?? 'rare';
  const lines = [
    t('announcements:rareItem.made', {
      maker: userMention(userId),
      count: quantity,
      item: itemName(t, itemId),
    }),
    t(`items:${itemId}.description`),
    masterworks > 0 ? t('announcements:rareItem.masterwork', { count: masterworks }) : '',
  ];
  return {
    color: RARITY_COLOURS[rarity],
    title: t(`announcements:rareItem.title.${rarity}`, {
      item: t(`items:${itemId}.name`),
    }),
    description: lines.filter((line) => line !== '').join('\n'),
    timestamp: new Date(occurredAt).toISOString(),
  };
}
