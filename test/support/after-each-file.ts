import { afterAll } from 'vitest';
import { sharedStages } from './shared-stages.ts';

// Several files run in one process, so this is a file that each of them asks for anew; it reads nothing that they may not need.
afterAll(async () => {
  const stages = [...sharedStages.values()];
  sharedStages.clear();
  for (const stage of stages) await stage.closeShared();
});
