import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in a server that Discord could not reach for a while, where the bot may write again. */
export class RecheckReturnedServer extends Listener<typeof Events.GuildAvailable> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildAvailable });
  }

  override run(guild: Guild): void {
    recheckChannels(`server available:${randomUUID()}`, guild.id);
  }
}
