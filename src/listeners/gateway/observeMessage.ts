import { Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';
import { observeEngagement } from '../../discord/observe-engagement.ts';

/** Notices that somebody wrote something. What they wrote is of no interest, and the bot cannot read it. */
export class ObserveMessage extends Listener<typeof Events.MessageCreate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.MessageCreate });
  }

  override run({ id, guildId, channelId, author, webhookId, system }: Message): void {
    if (guildId === null || author.bot || webhookId !== null) return;
    // Discord's own lines, that somebody joined or pinned something, come in the name of that person.
    if (system) return;
    observeEngagement({ cause: `message:${id}` }, { guildId, userId: author.id, kind: 'message', channelId });
  }
}
