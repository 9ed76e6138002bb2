import { BOARD_EVENTS } from '../../game/leaderboards/boards.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { DomainEvent } from '../../world/event.ts';
import type { Tx } from '../../world/transaction.ts';

/** Asks for the leaderboards to be brought up to date, soon: much happens at once. */
export class KeepLeaderboards extends DomainListener<(typeof BOARD_EVENTS)[number]> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, ...BOARD_EVENTS);
  }

  override handle(_event: DomainEvent, tx: Tx): void {
    this.container.game.leaderboards.requestRefresh(tx);
  }
}
