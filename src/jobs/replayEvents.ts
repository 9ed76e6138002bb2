import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

declare module '../world/outbox.ts' {
  interface JobPayloads {
    replayEvents: { of: 'achievements' };
  }
}

/** Counts some of what happened before it was asked for, and asks for itself again until all of it is counted. */
export class ReplayEvents extends Job<'replayEvents'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ of: z.literal('achievements') });

  override run(_payload: { of: 'achievements' }, { cause }: JobRun): void {
    const { world, game } = this.container;
    world.transact({ cause }, (tx) => game.achievements.replayNext(tx));
  }
}
