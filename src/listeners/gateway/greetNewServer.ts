import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { greetServer } from '../../discord/greet-server.ts';

/** Says hello when the bot comes into a server. */
export class GreetNewServer extends Listener<typeof Events.GuildCreate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildCreate });
  }

  override run(guild: Guild): void {
    greetServer(guild);
  }
}
