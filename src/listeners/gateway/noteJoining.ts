import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';

/** Notes that the bot came into a server, for the first time or again. */
export class NoteJoining extends Listener<typeof Events.GuildCreate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildCreate });
  }

  override run({ id }: Guild): void {
    const { world, game } = this.container;
    world.transact({ cause: `server joined:${randomUUID()}` }, (tx) => game.servers.join(tx, id));
  }
}
