import { Events, Listener } from '@sapphire/framework';
import { greetServer } from '../../discord/greet-server.ts';

/** Says hello where the bot was invited while it was away, or could write nowhere when it came. */
export class GreetWhenReady extends Listener<typeof Events.ClientReady> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ClientReady });
  }

  override run(): void {
    for (const guild of this.container.client.guilds.cache.values()) greetServer(guild);
  }
}
