import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

/** How soon is asked again while Discord has yet to tell which servers the bot is in, in milliseconds. */
const ASK_AGAIN_AFTER = 1_000;

/** Deletes everything of a server that the bot has left, when the time in which it could have come back is over. */
export class ForgetServer extends Job<'forgetServer'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ guildId: z.string() });

  override run({ guildId }: { guildId: string }, { cause }: JobRun): void {
    const { world, game, serverDirectory } = this.container;
    world.transact({ cause }, (tx) => {
      // It may have come back while the bot was down: nobody knows before Discord has said so.
      if (!serverDirectory.isKnown) game.servers.requestForgetting(tx, guildId, tx.now + ASK_AGAIN_AFTER);
      else if (serverDirectory.server(guildId)) game.servers.join(tx, guildId);
      else game.servers.forget(tx, guildId);
    });
  }
}
