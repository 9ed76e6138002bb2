import type { EventOf } from '../../events/define-event.ts';
import { settingsChanged } from '../../events/settingsChanged.ts';
import { announcementBudget, announcementSpacing, quietHours } from '../../game/announcements/settings.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** What decides how long something waits before it is told. */
const DECISIVE: readonly string[] = [announcementSpacing, announcementBudget, quietHours].map(
  ({ name }) => name,
);

/** Looks again at what waits when a server changes how long it has to: else it would wait by the rules of before. */
export class HastenAnnouncements extends DomainListener<typeof settingsChanged> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, settingsChanged);
  }

  override handle({ guildId, data }: EventOf<typeof settingsChanged>, tx: Tx): void {
    if (!DECISIVE.includes(data.setting)) return;
    this.container.game.announcements.lookAgain(tx, guildId);
  }
}
