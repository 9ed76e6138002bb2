import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

declare module '../world/outbox.ts' {
  interface JobPayloads {
    processEngagement: { guildId: string };
  }
}

/** Rewards what was tallied of a server's members. */
export class ProcessEngagement extends Job<'processEngagement'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ guildId: z.string() });

  override run({ guildId }: { guildId: string }, { cause }: JobRun): void {
    const { world, game } = this.container;
    const rewarded = game.engagement.nextRewarded(world.reader, guildId, world.clock.now());
    for (const { holder, at } of rewarded) game.dueWork.settle(world, holder, at);
    world.transact({ cause }, (tx) => game.engagement.process(tx, guildId));
  }
}
