import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';
import { noteScrubbed } from '../world/scrubbing.ts';

/** Removes what was deleted from the world's file itself. */
export class ScrubWorld extends Job<'scrubWorld'> {
  override readonly pool = 'world';
  override readonly payload = z.record(z.string(), z.never());

  override run(_payload: Record<string, never>, { cause }: JobRun): void {
    const { world } = this.container;
    world.scrub();
    world.transact({ cause }, noteScrubbed);
  }
}
