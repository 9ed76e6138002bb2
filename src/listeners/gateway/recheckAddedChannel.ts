import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { NonThreadGuildBasedChannel } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in a channel that has come into the bot's sight. */
export class RecheckAddedChannel extends Listener<typeof Events.ChannelCreate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChannelCreate });
  }

  override run({ guildId }: NonThreadGuildBasedChannel): void {
    recheckChannels(`channel added:${randomUUID()}`, guildId);
  }
}
