import type { EventOf } from '../../events/define-event.ts';
import { settingsChanged } from '../../events/settingsChanged.ts';
import { ANNOUNCEMENT_ROUTES, announcementChannel } from '../../game/announcements/settings.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** What decides where something is announced. */
const DECISIVE: readonly string[] = [announcementChannel, ...Object.values(ANNOUNCEMENT_ROUTES)].map(
  ({ name }) => name,
);

/** Lets what is still to be announced follow when a server chooses another channel. */
export class RedirectAnnouncements extends DomainListener<typeof settingsChanged> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, settingsChanged);
  }

  override handle({ guildId, data }: EventOf<typeof settingsChanged>, tx: Tx): void {
    if (!DECISIVE.includes(data.setting)) return;
    const { announcements, channelMessages } = this.container.game;
    // What is in force now: this may be heard again long after the change.
    const channels = announcements.channelsOf(tx.db, guildId);
    const { before, after } = data;
    if (typeof before === 'string' && !channels.includes(before))
      channelMessages.abandon(tx, guildId, before);
    if (typeof after === 'string' && channels.includes(after)) channelMessages.resume(tx, guildId, after);
    announcements.redirect(tx, guildId);
  }
}
