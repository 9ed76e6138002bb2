import { DomainListener } from '../../pieces/domain-listener.ts';
import type { DomainEvent } from '../../world/event.ts';
import type { Tx } from '../../world/transaction.ts';

/** Counts everything that achievements ask for, in the moment it happens, and unlocks what is earned by it. */
export class TrackAchievements extends DomainListener {
  constructor(context: DomainListener.LoaderContext) {
    super(context);
  }

  override hears(event: DomainEvent): boolean {
    return this.container.game.achievements.hears(event);
  }

  override handle(event: DomainEvent, tx: Tx): void {
    this.container.game.achievements.observe(tx, event);
  }
}
