import { container } from '@sapphire/framework';
import type { Outlet } from '../game/announcements/outlets.table.ts';

/**
 * Goes on in the channels that were paused and in which the bot may write again, as far as the gateway has told. A
 * channel that it says nothing about is tried again by itself from time to time.
 *
 * @param guildId the server in which something changed; all of them where none is named
 */
export function recheckChannels(cause: string, guildId?: string): void {
  const { world, game, serverDirectory } = container;
  const paused = game.outlets.paused(world.reader, guildId);
  // What Discord refused for a reason of its own cannot be seen to be over: it is only tried again now and then.
  const isInSight = ({ problem, detail }: Outlet) => problem !== 'refused' || detail === null;
  const mended = paused.filter((outlet) => isInSight(outlet) && serverDirectory.isWritable(outlet.id));
  if (mended.length === 0) return;
  world.transact({ cause }, (tx) => {
    for (const { id, guildId: owner } of mended) if (owner) game.channelMessages.resume(tx, owner, id);
  });
  container.logger.info(`The bot may write again in ${mended.map(({ id }) => id).join(', ')}.`);
}
