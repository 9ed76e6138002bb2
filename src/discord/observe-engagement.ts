import { container } from '@sapphire/framework';
import { engagementObserved } from '../events/engagementObserved.ts';
import type { Cause } from '../world/world.ts';

/** Something by which somebody took part in the life of a server. */
export interface Sighting {
  readonly guildId: string;
  readonly userId: string;
  readonly kind: 'message' | 'reaction' | 'command';
  readonly channelId: string;
}

/** Lets the game know that somebody took part. */
export function observeEngagement(cause: Cause, { guildId, userId, kind, channelId }: Sighting): void {
  const parentId = parentOf(channelId);
  container.world.transact(cause, (tx) =>
    tx.publish(engagementObserved, { guildId, userId, data: { kind, channelId, parentId } }),
  );
}

/** The channel that a thread belongs to. Threads in which something happens are open, and those discord.js knows. */
function parentOf(channelId: string): string | null {
  const channel = container.client.channels.cache.get(channelId);
  return channel?.isThread() ? channel.parentId : null;
}
