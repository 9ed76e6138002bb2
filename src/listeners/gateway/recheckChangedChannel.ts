import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { DMChannel, NonThreadGuildBasedChannel } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in a channel when the bot may write there again. */
export class RecheckChangedChannel extends Listener<typeof Events.ChannelUpdate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChannelUpdate });
  }

  override run(
    _before: DMChannel | NonThreadGuildBasedChannel,
    channel: DMChannel | NonThreadGuildBasedChannel,
  ): void {
    if (!channel.isDMBased()) recheckChannels(`channel changed:${randomUUID()}`, channel.guildId);
  }
}
