import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

declare module '../world/outbox.ts' {
  interface JobPayloads {
    refreshLeaderboards: Record<string, never>;
  }
}

/** Brings the leaderboards up to date with the event log, some of it at a time. */
export class RefreshLeaderboards extends Job<'refreshLeaderboards'> {
  override readonly pool = 'world';
  override readonly payload = z.record(z.string(), z.never());

  override run(_payload: Record<string, never>, { cause }: JobRun): void {
    const { world, game } = this.container;
    world.transact({ cause }, (tx) => game.leaderboards.refresh(tx));
  }
}
