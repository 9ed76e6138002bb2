import { z } from 'zod';
import { markOf } from '../discord/channel-sender.ts';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';
import { findTraces } from '../world/traces.ts';

/** Forgets somebody who has agreed to it, where the bot ended before it had done so. */
export class ForgetPerson extends Job<'forgetPerson'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ proposalId: z.string() });

  override async run({ proposalId }: { proposalId: string }, { cause }: JobRun): Promise<void> {
    const { world, game } = this.container;
    const holder = game.privacy.whoIsToBeForgotten(world.reader, proposalId);
    if (!holder) return;
    const traces = await findTraces(world, holder.userId);
    world.transact({ cause }, (tx) => void game.privacy.forget(tx, proposalId, markOf, traces));
  }
}
