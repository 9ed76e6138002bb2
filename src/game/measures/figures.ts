import type { Measure } from './measure.ts';

/** What is counted of every player to be shown, whatever the achievements ask for. */
export const FIGURES = {
  crafted: { event: 'itemCrafted', sum: 'crafted' },
  masterworks: { event: 'itemCrafted', sum: 'masterworks' },
  gathered: { event: 'itemsGathered', sum: 'total' },
} as const satisfies Record<string, Measure>;

export type Figure = keyof typeof FIGURES;
