import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { AnyThreadChannel, Collection, Guild } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in the threads of a channel that the bot may see again. */
export class RecheckSyncedThreads extends Listener<typeof Events.ThreadListSync> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ThreadListSync });
  }

  override run(_threads: Collection<string, AnyThreadChannel>, { id }: Guild): void {
    recheckChannels(`threads synced:${randomUUID()}`, id);
  }
}
