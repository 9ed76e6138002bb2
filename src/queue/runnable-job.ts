import type { z } from 'zod';

export const POOLS = ['world', 'outside'] as const;

/** Tasks that touch only the world and tasks that reach outside have workers of their own (rule R5). */
export type JobPool = (typeof POOLS)[number];

/** What a run of a job is given beside its payload. */
export interface JobRun {
  /** Names this request, and a repetition of it the same: what a transaction of the job gives as its cause. */
  readonly cause: string;
  /** Aborted when the bot stops and the run should come to an end. */
  readonly signal: AbortSignal;
}

/** A kind of job as the queue sees it; the pieces in `src/jobs` are such. */
export interface RunnableJob {
  readonly name: string;
  readonly pool: JobPool;
  readonly payload: z.ZodType;
  run(payload: unknown, run: JobRun): void | Promise<void>;
}
