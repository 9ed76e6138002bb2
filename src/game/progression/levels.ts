/**
 * The XP that it takes to get from a level to the next one: 100 · level^1.5, rounded (design, "Progression").
 *
 * @param level 1 or more
 */
export function xpToNextLevel(level: number): number {
  return Math.round(100 * level ** 1.5);
}

/** How far somebody has come. */
export interface LevelProgress {
  readonly level: number;
  /** XP gained since this level was reached. */
  readonly intoLevel: number;
  /** XP from this level to the next. */
  readonly toNextLevel: number;
}

/** The level that somebody with this much XP has; everybody starts at level 1. */
export function levelProgress(xp: number): LevelProgress {
  let level = 1;
  let intoLevel = xp;
  for (let needed = xpToNextLevel(level); intoLevel >= needed; needed = xpToNextLevel(level)) {
    intoLevel -= needed;
    level++;
  }
  return { level, intoLevel, toNextLevel: xpToNextLevel(level) };
}
