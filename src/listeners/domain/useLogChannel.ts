import type { EventOf } from '../../events/define-event.ts';
import { settingsChanged } from '../../events/settingsChanged.ts';
import { logChannel } from '../../game/announcements/settings.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tries a log channel again that was paused when it is chosen: the bot has just been seen to be allowed to write there. */
export class UseLogChannel extends DomainListener<typeof settingsChanged> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, settingsChanged);
  }

  override handle({ guildId, data }: EventOf<typeof settingsChanged>, tx: Tx): void {
    if (data.setting !== logChannel.name) return;
    const { channelMessages, settings } = this.container.game;
    const channelId = settings.get(tx.db, guildId, logChannel);
    if (channelId !== null) channelMessages.resume(tx, guildId, channelId);
  }
}
