import type { EventOf } from '../../events/define-event.ts';
import { settingsChanged } from '../../events/settingsChanged.ts';
import { announcementChannel } from '../../game/settings/definitions.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Lets what is still to be announced follow when a server chooses another channel. */
export class RedirectAnnouncements extends DomainListener<typeof settingsChanged> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, settingsChanged);
  }

  override handle({ guildId, data }: EventOf<typeof settingsChanged>, tx: Tx): void {
    if (data.setting !== announcementChannel.name) return;
    const { announcements, channelMessages, settings } = this.container.game;
    // What is in force now: this may be heard again long after the change.
    const channelId = settings.get(tx.db, guildId, announcementChannel);
    const { before } = data;
    if (typeof before === 'string' && before !== channelId) channelMessages.abandon(tx, before);
    if (channelId !== null) channelMessages.resume(tx, channelId);
    announcements.redirect(tx, guildId, channelId);
  }
}
