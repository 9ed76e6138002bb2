import type { Stage } from './stage.ts';

/** The bots that the tests of one file share, by what their environment has besides. */
export const sharedStages = new Map<string, Stage>();
