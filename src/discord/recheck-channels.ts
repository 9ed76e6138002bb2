import { container } from '@sapphire/framework';

/**
 * Goes on in the channels that were paused and in which the bot may write again, as far as the gateway has told. A
 * channel that it says nothing about is tried again by itself from time to time.
 *
 * @param guildId the server in which something changed; all of them where none is named
 */
export function recheckChannels(cause: string, guildId?: string): void {
  const { world, game, serverDirectory } = container;
  const paused = game.outlets.paused(world.reader, guildId);
  const mended = paused.filter(({ id }) => serverDirectory.isWritable(id));
  if (mended.length === 0) return;
  world.transact({ cause }, (tx) => {
    for (const { id } of mended) game.channelMessages.resume(tx, id);
  });
  container.logger.info(`The bot may write again in ${mended.map(({ id }) => id).join(', ')}.`);
}
