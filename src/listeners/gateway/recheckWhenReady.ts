import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on where the bot may write again since it looked last: nobody told it of changes while it was away. */
export class RecheckWhenReady extends Listener<typeof Events.ClientReady> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ClientReady });
  }

  override run(): void {
    recheckChannels(`ready:${randomUUID()}`);
  }
}
