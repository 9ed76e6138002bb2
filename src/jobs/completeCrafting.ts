import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

declare module '../world/outbox.ts' {
  interface JobPayloads {
    completeCrafting: { craftId: string };
  }
}

/** Hands over what a craft made once it is due. */
export class CompleteCrafting extends Job<'completeCrafting'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ craftId: z.string() });

  override run({ craftId }: { craftId: string }, { cause }: JobRun): void {
    const { world, game } = this.container;
    world.transact({ cause }, (tx) => {
      const early = game.crafting.completeCraft(tx, craftId);
      if (early)
        tx.request({ task: 'completeCrafting', id: craftId, payload: { craftId }, runAt: early.notBefore });
    });
  }
}
