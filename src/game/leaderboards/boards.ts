import { achievementUnlocked } from '../../events/achievementUnlocked.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import { itemsGathered } from '../../events/itemsGathered.ts';
import { xpGranted } from '../../events/xpGranted.ts';
import type { Measure } from '../measures/measure.ts';

/** What the leaderboards compare. Each adds something up. */
export const BOARDS = {
  xp: { event: xpGranted.name, sum: 'amount' },
  crafts: { event: itemCrafted.name, sum: 'crafted' },
  gathered: { event: itemsGathered.name, sum: 'total' },
  achievements: { event: achievementUnlocked.name },
} as const satisfies Record<string, Measure>;

export type Board = keyof typeof BOARDS;

export const BOARD_NAMES = Object.keys(BOARDS) as readonly Board[];

/** The events that change a leaderboard. */
export const BOARD_EVENTS = [xpGranted, itemCrafted, itemsGathered, achievementUnlocked] as const;
