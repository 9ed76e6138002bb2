import { button } from '../discord/components.ts';
import { customId } from '../discord/custom-id.ts';
import { personName } from '../discord/person.ts';
import { itemName, recipeName, type Translate } from '../discord/translate.ts';
import { RARITY_COLOURS } from '../discord/views/colours.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    craftFinished: {
      readonly craftId: string;
      readonly recipeId: string;
      readonly itemId: string;
      /** How many items came out, masterworks included. */
      readonly quantity: number;
      readonly masterworks: number;
      readonly xp: number;
    };
  }
}

/** A player's craft is ready. */
export class CraftFinished extends Card<'craftFinished'> {
  override readonly audience = 'player';

  override render(t: Translate, { userId, subject, occurredAt }: AnnouncementOf<'craftFinished'>): CardView {
    const { craftId, recipeId, itemId, masterworks, xp } = subject;
    const lines = [
      this.line(t, { userId, subject }),
      masterworks > 0 ? t('cards:craftFinished.masterwork', { count: masterworks }) : '',
      t('cards:craftFinished.xp', { xp }),
    ];
    const again = t('cards:craftFinished.again', { name: recipeName(t, recipeId) });
    return {
      embed: {
        color: RARITY_COLOURS[this.container.game.catalog.current.items.get(itemId)?.rarity ?? 'common'],
        description: lines.filter((line) => line !== '').join('\n'),
        timestamp: new Date(occurredAt).toISOString(),
      },
      buttons: [button(customId('repeatCraft', craftId), again)],
    };
  }

  override line(
    t: Translate,
    { userId, subject }: Pick<AnnouncementOf<'craftFinished'>, 'userId' | 'subject'>,
  ): string {
    const { itemId, quantity } = subject;
    const facts = { maker: personName(t, userId), count: quantity, item: itemName(t, itemId) };
    return t('cards:craftFinished.ready', facts);
  }
}
