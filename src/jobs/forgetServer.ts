import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

/** Deletes everything of a server that the bot has left, when the time in which it could have come back is over. */
export class ForgetServer extends Job<'forgetServer'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ guildId: z.string() });

  override run({ guildId }: { guildId: string }, { cause }: JobRun): void {
    const { world, game } = this.container;
    world.transact({ cause }, (tx) => game.servers.forget(tx, guildId));
  }
}
