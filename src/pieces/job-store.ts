import { Store } from '@sapphire/pieces';
import type { TaskName } from '../world/outbox.ts';
import { Job } from './job.ts';

declare module '@sapphire/pieces' {
  interface StoreRegistryEntries {
    jobs: JobStore;
  }
}

/** Finds the jobs in `src/jobs`. */
export class JobStore extends Store<Job<TaskName>, 'jobs'> {
  constructor() {
    // The store only asks `instanceof`; that the class is abstract doesn't matter to it.
    super(Job as unknown as ConstructorParameters<typeof Store<Job<TaskName>, 'jobs'>>[0], { name: 'jobs' });
  }
}
