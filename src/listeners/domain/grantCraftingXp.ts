import type { EventOf } from '../../events/define-event.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Pays the XP that the recipe promised when the craft was started. */
export class GrantCraftingXp extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle({ guildId, userId, data }: EventOf<typeof itemCrafted>, tx: Tx): void {
    if (userId === null) return;
    this.container.game.progression.grantXp(tx, { guildId, userId }, data.xp, 'crafting');
  }
}
