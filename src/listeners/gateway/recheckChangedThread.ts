import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { AnyThreadChannel } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in a thread that was unlocked. */
export class RecheckChangedThread extends Listener<typeof Events.ThreadUpdate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ThreadUpdate });
  }

  override run(_before: AnyThreadChannel, { guildId }: AnyThreadChannel): void {
    recheckChannels(`thread changed:${randomUUID()}`, guildId);
  }
}
