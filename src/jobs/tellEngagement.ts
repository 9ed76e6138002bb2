import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

/** Tells the players of a server what taking part has brought them since they were told last. */
export class TellEngagement extends Job<'tellEngagement'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ guildId: z.string() });

  override run({ guildId }: { guildId: string }, { cause }: JobRun): void {
    const { world, game } = this.container;
    world.transact({ cause }, (tx) => game.engagementNews.tellDue(tx, guildId));
  }
}
