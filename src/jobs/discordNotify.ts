import { z } from 'zod';
import { composeAnnouncements } from '../discord/views/announcements.ts';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

/** How soon a channel is looked at again when another run is just sending to it, in milliseconds. */
const LOOK_AGAIN_AFTER = 1_000;

declare module '../world/outbox.ts' {
  interface JobPayloads {
    discordNotify: { channelId: string };
  }
}

/** Tells a channel what is pending for it: freezes one message, sends it, records that it arrived. */
export class DiscordNotify extends Job<'discordNotify'> {
  override readonly pool = 'outside';
  override readonly payload = z.object({ channelId: z.string() });

  override async run({ channelId }: { channelId: string }, { cause, signal }: JobRun): Promise<void> {
    const { world, game, channelSender, logger } = this.container;
    using turn = channelSender.takeTurn(channelId);
    if (!turn) {
      const runAt = world.clock.now() + LOOK_AGAIN_AFTER;
      world.transact({ cause }, (tx) =>
        tx.request({ task: 'discordNotify', id: channelId, payload: { channelId }, runAt }),
      );
      return;
    }
    const message = world.transact({ cause }, (tx) =>
      game.announcements.freezeNext(tx, channelId, composeAnnouncements),
    );
    if (!message) return;
    const outcome = await channelSender.send(message, signal);
    if (!outcome.delivered) {
      logger.warn(
        `An announcement for channel ${channelId} in server ${message.guildId} is undeliverable: ${outcome.reason}`,
      );
    }
    world.transact({ cause: `${cause}/sent` }, (tx) => {
      if (outcome.delivered) game.announcements.markSent(tx, message, outcome.discordMessageId);
      else game.announcements.markUndeliverable(tx, message, outcome.reason);
    });
  }
}
