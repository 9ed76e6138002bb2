import { container } from '@sapphire/framework';
import { EmbedBuilder, userMention } from 'discord.js';
import type { Announcement } from '../../game/announcements/announcements.table.ts';
import { DEFAULT_LANGUAGE, itemName, type Translate, translator } from '../translate.ts';
import { RARITY_COLOURS } from './colours.ts';

/** The message that tells a channel these announcements, one card for each. Nobody is pinged by it. */
export function composeAnnouncements(announcements: readonly Announcement[]): Record<string, unknown> {
  const t = translator(DEFAULT_LANGUAGE);
  return {
    embeds: announcements.map((announcement) => card(t, announcement).toJSON()),
    allowed_mentions: { parse: [] },
  };
}

function card(t: Translate, { userId, subject, occurredAt }: Announcement): EmbedBuilder {
  const { itemId, quantity, masterworks } = subject;
  const { rarity } = container.game.catalog.current.item(itemId);
  const maker = userMention(userId);
  const description = [
    t('announcements:rareItem.made', { maker, count: quantity, item: itemName(t, itemId) }),
    t(`items:${itemId}.description`, { defaultValue: '' }),
    masterworks > 0 ? t('announcements:rareItem.masterwork', { count: masterworks }) : '',
  ];
  return new EmbedBuilder()
    .setColor(RARITY_COLOURS[rarity])
    .setTitle(t(`announcements:rareItem.title.${rarity}`, { item: t(`items:${itemId}.name`) }))
    .setDescription(description.filter((line) => line !== '').join('\n'))
    .setTimestamp(occurredAt);
}
