import { afterAll } from 'vitest';
import { sharedStages } from './shared-stages.ts';

// Several files run in one process, so this is a file that each of them asks for anew; it reads nothing that they may not need.
afterAll(async () => {
  const stages = [...sharedStages.values()];
  sharedStages.clear();
  const ends = await Promise.allSettled(stages.map((stage) => stage.closeShared()));
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, 'Shared bots did not end as they should.');
});
