import type { EventOf } from '../../events/define-event.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import { isAtLeast } from '../../events/rarity.ts';
import { announcementRarity } from '../../game/announcements/settings.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells the server when something was crafted that is rare enough for it. */
export class AnnounceRareItem extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemCrafted>, tx: Tx): void {
    const { announcements, settings } = this.container.game;
    if (userId === null) return;
    if (!isAtLeast(data.rarity, settings.get(tx.db, guildId, announcementRarity))) return;
    const { itemId, quantity, masterworks } = data;
    announcements.announce(tx, { guildId, userId }, { kind: 'rareItem', itemId, quantity, masterworks });
  }
}
