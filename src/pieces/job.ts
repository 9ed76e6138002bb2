import { Piece } from '@sapphire/pieces';
import type { z } from 'zod';
import type { JobPool, JobRun } from '../queue/runnable-job.ts';
import type { JobPayloads, TaskName } from '../world/outbox.ts';

/**
 * A graphile-worker task, found in `src/jobs`; its name is its file's name. A job is a request to look: `run` checks
 * under a transaction that there is still something to do, and is safe to run twice, also at the same time.
 */
export abstract class Job<Task extends TaskName> extends Piece<Piece.Options, 'jobs'> {
  /** Which workers run it: `outside` where Discord or anything else beyond the world is waited for. */
  abstract readonly pool: JobPool;
  /** What its payload must look like when it arrives: an old job keeps its old payload. */
  abstract readonly payload: z.ZodType<JobPayloads[Task]>;

  /**
   * Does the job. What it throws is logged, and the job is tried again with growing waits.
   *
   * @param payload ids only, checked
   */
  abstract run(payload: JobPayloads[Task], run: JobRun): void | Promise<void>;
}

export declare namespace Job {
  type LoaderContext = Piece.LoaderContext<'jobs'>;
}
