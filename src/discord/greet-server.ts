import { container } from '@sapphire/framework';
import { ChannelType, type Guild, type TextChannel } from 'discord.js';

/** Says hello in a server that the bot is new in, where it may write; where it may nowhere, not yet. */
export function greetServer(guild: Guild): void {
  const { world, game } = container;
  const { id: guildId, ownerId: userId, joinedTimestamp } = guild;
  if (!guild.available || !game.greetings.isDue(world.reader, guildId)) return;
  const channel = placeToGreet(guild);
  if (!channel) return;
  world.transact({ cause: `greeting:${guildId}:${joinedTimestamp}` }, (tx) =>
    game.greetings.greet(tx, { guildId, userId }, channel.id),
  );
}

/**
 * Where those who run the server read and the fewest others are bothered: the channel in which Discord itself tells them
 * what is new, the one in which it greets who joins, or the first in which the bot may write.
 */
function placeToGreet(guild: Guild): TextChannel | undefined {
  const inOrder = [...guild.channels.cache.values()]
    .filter((channel) => channel.type === ChannelType.GuildText)
    .toSorted((one, other) => one.rawPosition - other.rawPosition);
  return [guild.publicUpdatesChannel, guild.systemChannel, ...inOrder]
    .filter((channel) => channel !== null)
    .find(({ id }) => container.serverDirectory.isWritable(id));
}
