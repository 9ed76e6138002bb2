import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

declare module '../world/outbox.ts' {
  interface JobPayloads {
    processEngagement: { guildId: string };
  }
}

/** Turns what was tallied of a server's members into XP. */
export class ProcessEngagement extends Job<'processEngagement'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ guildId: z.string() });

  override run({ guildId }: { guildId: string }, { cause }: JobRun): void {
    const { world, game } = this.container;
    world.transact({ cause }, (tx) => game.engagement.process(tx, guildId));
  }
}
