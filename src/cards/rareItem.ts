import { button } from '../discord/components.ts';
import { customId } from '../discord/custom-id.ts';
import { personName } from '../discord/person.ts';
import { itemName, type Translate } from '../discord/translate.ts';
import { RARITY_COLOURS } from '../discord/views/colours.ts';
import { worthOfItem } from '../discord/worth.ts';
import type { Rarity } from '../events/rarity.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import type { CardView } from '../pieces/card.ts';
import { ServerCard } from '../pieces/server-card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    rareItem: { readonly itemId: string; readonly quantity: number; readonly masterworks: number };
  }
}

/** Somebody made something that is rare enough for the server. */
export class RareItem extends ServerCard<'rareItem'> {
  override render(t: Translate, announcement: AnnouncementOf<'rareItem'>): CardView {
    const { itemId, masterworks } = announcement.subject;
    const rarity = this.#rarity(itemId);
    const lines = [
      this.line(t, announcement),
      t(`items:${itemId}.description`),
      masterworks > 0 ? t('announcements:rareItem.masterwork', { count: masterworks }) : '',
    ];
    return {
      embed: {
        color: RARITY_COLOURS[rarity],
        title: t(`announcements:rareItem.title.${rarity}`, { item: t(`items:${itemId}.name`) }),
        description: lines.filter((line) => line !== '').join('\n'),
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
      buttons: [
        button(
          customId('showItem', itemId),
          t('announcements:rareItem.about', { item: t(`items:${itemId}.name`) }),
        ),
      ],
    };
  }

  override line(t: Translate, { userId, subject }: AnnouncementOf<'rareItem'>): string {
    const { itemId, quantity } = subject;
    const facts = { maker: personName(t, userId), count: quantity, item: itemName(t, itemId) };
    return t('announcements:rareItem.made', facts);
  }

  override heading(t: Translate, who: string, count: number): string {
    return t('announcements:rareItem.many', { who, count });
  }

  override worth({ subject }: AnnouncementOf<'rareItem'>): number {
    return worthOfItem(this.#rarity(subject.itemId), subject.masterworks > 0);
  }

  #rarity(itemId: string): Rarity {
    return this.container.game.catalog.current.items.get(itemId)?.rarity ?? 'rare';
  }
}
