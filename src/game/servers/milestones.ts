/** What the milestones begin with. Each decade has three: 100, 250, 500, then 1,000, 2,500, 5,000, and so on. */
const FIRST = 100;
const IN_A_DECADE = [5, 2.5, 1] as const;

/**
 * The highest milestone that a count has passed when it went up.
 *
 * @returns undefined where there is none between the two
 */
export function milestonePassed(before: number, after: number): number | undefined {
  if (after < FIRST) return undefined;
  let decade = FIRST;
  while (decade * 10 <= after) decade *= 10;
  const milestone = IN_A_DECADE.map((step) => step * decade).find((each) => each <= after);
  return milestone !== undefined && milestone > before ? milestone : undefined;
}
