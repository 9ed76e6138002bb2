import { z } from 'zod';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

declare module '../world/outbox.ts' {
  interface JobPayloads {
    completeCrafting: { craftId: string };
  }
}

/** Hands over what a craft made once it is due, after whatever of the player was due before it. */
export class CompleteCrafting extends Job<'completeCrafting'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ craftId: z.string() });

  override run({ craftId }: { craftId: string }, { cause }: JobRun): void {
    const { world, game } = this.container;
    const craft = game.crafting.find(world.reader, craftId);
    if (!craft) return;
    game.dueWork.settle(world, craft);
    if (game.crafting.find(world.reader, craftId)?.state !== 'active') return;
    world.transact({ cause }, (tx) => game.crafting.awaitCompletion(tx, craftId));
  }
}
