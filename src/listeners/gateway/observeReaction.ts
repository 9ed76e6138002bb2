import { Listener } from '@sapphire/framework';
import { GatewayDispatchEvents, type GatewayMessageReactionAddDispatchData, SnowflakeUtil } from 'discord.js';
import { observeEngagement } from '../../discord/observe-engagement.ts';

/**
 * Only reactions to messages younger than this count. The world remembers for a day what was acted on; within that,
 * with an hour to spare for clocks that disagree, a reaction that is taken back and given again earns nothing more.
 */
const COUNTED_FOR = 23 * 60 * 60_000;

/**
 * Notices that somebody reacted to a message. It listens to what Discord sends and not to what discord.js makes of it:
 * that leaves out messages which aren't cached (here none is), or, with partials, leaves out who wrote them.
 */
export class ObserveReaction extends Listener {
  constructor(context: Listener.LoaderContext) {
    super(context, { emitter: 'ws', event: GatewayDispatchEvents.MessageReactionAdd });
  }

  override run(reaction: GatewayMessageReactionAddDispatchData): void {
    const { guild_id: guildId, user_id: userId, message_id: messageId, channel_id: channelId } = reaction;
    // In servers Discord always says who it was; whoever it doesn't name may be a bot.
    if (guildId === undefined || !reaction.member || reaction.member.user.bot) return;
    if (reaction.message_author_id === userId) return;
    if (!this.#isRecent(messageId)) return;
    const id = `reaction:${messageId}:${userId}`;
    if (this.container.world.hasActedOn(id)) return;
    observeEngagement({ cause: id, interactionId: id }, { guildId, userId, kind: 'reaction', channelId });
  }

  #isRecent(messageId: string): boolean {
    const { clock } = this.container.world;
    return clock.toMachineTime(clock.now()) - SnowflakeUtil.timestampFrom(messageId) < COUNTED_FOR;
  }
}
