import { parentPort, workerData } from 'node:worker_threads';
import { loadCatalog } from '../src/game/content/load.ts';
import { type Progress, progressOf } from './progress.ts';
import type { StrategyName } from './strategies.ts';

/** Whose progress is asked for. */
export interface ProgressRequest {
  readonly directory: string;
  readonly strategy: StrategyName;
  readonly days: number;
}

// Whoever starts this worker hands over such a request.
const { directory, strategy, days } = workerData as ProgressRequest;
const progress: Progress = await progressOf(loadCatalog(directory), strategy, days);
parentPort?.postMessage(progress);
// discord.js keeps timers that nobody waits for.
process.exit();
