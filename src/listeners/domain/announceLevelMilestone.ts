import type { EventOf } from '../../events/define-event.ts';
import { userLeveledUp } from '../../events/userLeveledUp.ts';
import { levelMilestone } from '../../game/announcements/settings.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells the server when somebody has reached one of the levels that it wants to celebrate, or jumped over one. */
export class AnnounceLevelMilestone extends DomainListener<typeof userLeveledUp> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, userLeveledUp);
  }

  override handle({ guildId, userId, data }: EventOf<typeof userLeveledUp>, tx: Tx): void {
    const { announcements, settings } = this.container.game;
    if (userId === null) return;
    const { from, to } = data;
    const every = settings.get(tx.db, guildId, levelMilestone);
    if (Math.floor(from / every) === Math.floor(to / every)) return;
    announcements.announce(tx, { guildId, userId }, { kind: 'levelMilestone', level: to });
  }
}
