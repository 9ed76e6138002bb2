import { RARITIES, type Rarity } from '../events/rarity.ts';
import { ACHIEVEMENT_TIERS, type Achievement } from '../game/content/schema.ts';

/*
 * How much the things that are announced are worth beside each other, where only the best is shown: one scale for all
 * kinds. It is that of rarity, and everything else stands between its steps.
 *
 * | worth | item      | achievement | level reached | the server |
 * |-------|-----------|-------------|---------------|------------|
 * | 40    | legendary |             |               |            |
 * | 38    |           |             |               | milestone  |
 * | 35    |           | platinum    | 50 and more   |            |
 * | 30    | epic      |             | 40            |            |
 * | 25    |           | gold        | 30            |            |
 * | 20    | rare      |             | 20            |            |
 * | 15    |           | silver      | 10            |            |
 * | 10    | uncommon  |             | 1             |            |
 * | 5     |           | bronze      |               |            |
 * | 0     | common    |             |               |            |
 *
 * A masterwork is worth more than what is as rare and none, and less than anything rarer.
 */

const STEP = 10;

/** Nobody needs to be told apart any more beyond this level. */
const HIGHEST_LEVEL = 50;

/** What an item that was made is worth. */
export function worthOfItem(rarity: Rarity, isMasterwork: boolean): number {
  return RARITIES.indexOf(rarity) * STEP + (isMasterwork ? 1 : 0);
}

/** What an achievement is worth. */
export function worthOfAchievement(tier: Achievement['tier']): number {
  return ACHIEVEMENT_TIERS.indexOf(tier) * STEP + STEP / 2;
}

/** What it is worth that somebody has reached a level. */
export function worthOfLevel(level: number): number {
  return STEP + Math.min(level, HIGHEST_LEVEL) / 2;
}

/** What it is worth that all of a server together have reached something: nothing but a legend is worth more. */
export const WORTH_OF_SERVER_MILESTONE = 38;
