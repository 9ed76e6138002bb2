import { button } from '../discord/components.ts';
import { customId } from '../discord/custom-id.ts';
import { personName } from '../discord/person.ts';
import { shorten } from '../discord/shorten.ts';
import { amounts, placeName, type Translate } from '../discord/translate.ts';
import { RARITY_COLOURS } from '../discord/views/colours.ts';
import { RARITIES } from '../events/rarity.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import type { ItemAmount } from '../game/content/catalog.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    tripReturned: {
      readonly tripId: string;
      readonly placeId: string;
      readonly items: readonly ItemAmount[];
      readonly xp: number;
    };
  }
}

/** Ten cards share the 6,000 characters of a message's embeds ("Embed Limits"). */
const LONGEST_DESCRIPTION = 450;

/** A player is back from a trip. */
export class TripReturned extends Card<'tripReturned'> {
  override readonly audience = 'player';

  override render(t: Translate, announcement: AnnouncementOf<'tripReturned'>): CardView {
    const { subject, occurredAt } = announcement;
    const { tripId, placeId, items, xp } = subject;
    const found = this.line(t, announcement);
    const description = xp > 0 ? `${found}\n${t('gathering:returned.xp', { xp })}` : found;
    return {
      embed: {
        color: RARITY_COLOURS[this.#rarest(items)],
        title: t('gathering:returned.title', { place: placeName(t, placeId) }),
        description: shorten(description, LONGEST_DESCRIPTION),
        timestamp: new Date(occurredAt).toISOString(),
      },
      // The place is named: several cards may stand in one message, with their buttons in one row.
      buttons: [
        button(
          customId('repeatTrip', tripId),
          t('gathering:returned.again', { place: t(`places:${placeId}.name`) }),
        ),
      ],
    };
  }

  override line(t: Translate, { userId, subject }: AnnouncementOf<'tripReturned'>): string {
    const { items } = subject;
    const player = personName(t, userId);
    return items.length > 0
      ? t('gathering:returned.found', { player, items: amounts(t, items) })
      : t('gathering:returned.nothing', { player });
  }

  #rarest(items: readonly ItemAmount[]) {
    const { items: known } = this.container.game.catalog.current;
    const found = items.map(({ itemId }) => known.get(itemId)?.rarity ?? 'common');
    return RARITIES.findLast((rarity) => found.includes(rarity)) ?? 'common';
  }
}
