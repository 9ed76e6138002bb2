import { Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';
import { engagementObserved } from '../../events/engagementObserved.ts';

/** Notices that somebody wrote something. What they wrote is of no interest, and the bot cannot read it. */
export class ObserveMessage extends Listener<typeof Events.MessageCreate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.MessageCreate });
  }

  override run({ id, guildId, channelId, author, webhookId }: Message): void {
    if (guildId === null || author.bot || webhookId !== null) return;
    this.container.world.transact({ cause: `message:${id}` }, (tx) =>
      tx.publish(engagementObserved, {
        guildId,
        userId: author.id,
        data: { kind: 'message', channelId },
      }),
    );
  }
}
