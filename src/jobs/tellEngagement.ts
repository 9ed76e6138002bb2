import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';
import type { Holder } from '../world/ledger.ts';

/** Tells a player what taking part has brought them since they were told last. */
export class TellEngagement extends Job<'tellEngagement'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ guildId: z.string(), userId: z.string() });

  override run(holder: Holder, { cause }: JobRun): void {
    const { world, game } = this.container;
    world.transact({ cause }, (tx) => game.engagementNews.tell(tx, holder));
  }
}
