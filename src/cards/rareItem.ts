import { userMention } from 'discord.js';
import { itemName, type Translate } from '../discord/translate.ts';
import { RARITY_COLOURS } from '../discord/views/colours.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    rareItem: { readonly itemId: string; readonly quantity: number; readonly masterworks: number };
  }
}

/** Somebody made something that is rare enough for the server. */
export class RareItem extends Card<'rareItem'> {
  override readonly audience = 'server';

  override render(t: Translate, { userId, subject, occurredAt }: AnnouncementOf<'rareItem'>): CardView {
    const { itemId, quantity, masterworks } = subject;
    const rarity = this.container.game.catalog.current.items.get(itemId)?.rarity ?? 'rare';
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
      embed: {
        color: RARITY_COLOURS[rarity],
        title: t(`announcements:rareItem.title.${rarity}`, { item: t(`items:${itemId}.name`) }),
        description: lines.filter((line) => line !== '').join('\n'),
        timestamp: new Date(occurredAt).toISOString(),
      },
    };
  }
}
