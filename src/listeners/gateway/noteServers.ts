import { randomUUID } from 'node:crypto';
import { Listener } from '@sapphire/framework';
import { GatewayDispatchEvents, type GatewayReadyDispatchData, ShardClientUtil } from 'discord.js';

/**
 * Compares the servers that Discord says the bot is in with those that it knows, whenever it is connected anew: nobody
 * told it what happened while it was away. It listens to what Discord sends, since discord.js keeps what it knew before.
 */
export class NoteServers extends Listener {
  constructor(context: Listener.LoaderContext) {
    super(context, { emitter: 'ws', event: GatewayDispatchEvents.Ready });
  }

  override run({ guilds, shard }: GatewayReadyDispatchData): void {
    const { world, game, client, serverDirectory } = this.container;
    const [shardId, shardCount] = shard ?? [0, 1];
    const present = new Set(guilds.map(({ id }) => id));
    // Of a server that it still knows discord.js would not notice that the bot came back to it.
    const gone = client.guilds.cache.filter((guild) => guild.shardId === shardId && !present.has(guild.id));
    serverDirectory.forget(gone.values());
    const known = game.servers
      .known(world.reader)
      .filter((id) => ShardClientUtil.shardIdForGuildId(id, shardCount) === shardId);
    const left = known.filter((id) => !present.has(id));
    const back = [...present].filter((id) => game.servers.hasLeft(world.reader, id));
    if (left.length + back.length === 0) return;
    world.transact({ cause: `connected:${randomUUID()}` }, (tx) => {
      for (const id of left) game.servers.leave(tx, id);
      for (const id of back) game.servers.join(tx, id);
    });
  }
}
