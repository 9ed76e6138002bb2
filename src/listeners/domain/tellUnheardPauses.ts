import type { EventOf } from '../../events/define-event.ts';
import { settingsChanged } from '../../events/settingsChanged.ts';
import { logChannel } from '../../game/announcements/settings.ts';
import { DomainListener } from '../../pieces/domain-listener.ts';
import type { Tx } from '../../world/transaction.ts';

/** Tells what nobody could be told of paused channels in the log channel, when one is chosen. */
export class TellUnheardPauses extends DomainListener<typeof settingsChanged> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, settingsChanged);
  }

  override handle({ guildId, data }: EventOf<typeof settingsChanged>, tx: Tx): void {
    if (data.setting !== logChannel.name) return;
    const { announcements, settings } = this.container.game;
    const channelId = settings.get(tx.db, guildId, logChannel);
    if (channelId !== null) announcements.tellUnheard(tx, guildId, channelId);
  }
}
