import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

declare module '../world/outbox.ts' {
  interface JobPayloads {
    finishGathering: { tripId: string };
  }
}

/** Brings a player back from a trip once it is due, after whatever else of theirs was due before. */
export class FinishGathering extends Job<'finishGathering'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ tripId: z.string() });

  override run({ tripId }: { tripId: string }, { cause }: JobRun): void {
    const { world, game } = this.container;
    const trip = game.gathering.find(world.reader, tripId);
    if (trip?.state !== 'active') return;
    game.dueWork.settle(world, trip);
    if (game.gathering.find(world.reader, tripId)?.state !== 'active') return;
    // It came too early: this machine's clock was set back, or another's is ahead.
    world.transact({ cause }, (tx) => game.gathering.awaitReturn(tx, tripId));
  }
}
