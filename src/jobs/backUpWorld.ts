import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

/** Makes the backup of the day, and asks for itself again. */
export class BackUpWorld extends Job<'backUpWorld'> {
  override readonly pool = 'outside';
  override readonly payload = z.record(z.string(), z.never());

  override async run(_payload: Record<string, never>, { cause }: JobRun): Promise<void> {
    const { world, backups } = this.container;
    await backups.run();
    world.transact({ cause }, (tx) => backups.requestNext(tx));
  }
}
