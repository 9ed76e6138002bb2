import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';

/** Notes that the bot was thrown out of a server. Discord's own outages are another event. */
export class NoteLeaving extends Listener<typeof Events.GuildDelete> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildDelete });
  }

  override run({ id }: Guild): void {
    const { world, game } = this.container;
    world.transact({ cause: `server left:${randomUUID()}` }, (tx) => game.servers.leave(tx, id));
  }
}
