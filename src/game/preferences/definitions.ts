import { z } from 'zod';

/** One thing that players can choose for themselves. */
export interface PreferenceDefinition<Value = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<Value>;
  readonly default: Value;
}

/** Describes a preference; a feature can bring its own. */
export function definePreference<Value>(
  definition: PreferenceDefinition<Value>,
): PreferenceDefinition<Value> {
  return definition;
}

/** Whether a player is listed on the leaderboards. */
export const leaderboardListing = definePreference<'shown' | 'hidden'>({
  name: 'leaderboards',
  schema: z.enum(['shown', 'hidden']),
  default: 'shown',
});
