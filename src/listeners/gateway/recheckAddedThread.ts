import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { AnyThreadChannel } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in a private thread that the bot was added to. */
export class RecheckAddedThread extends Listener<typeof Events.ThreadCreate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ThreadCreate });
  }

  override run({ guildId }: AnyThreadChannel): void {
    recheckChannels(`thread added:${randomUUID()}`, guildId);
  }
}
