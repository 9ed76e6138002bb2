import { z } from 'zod';
import { ACHIEVEMENT_TIERS, type Achievement } from '../content/schema.ts';
import { channelIdSchema, defineSetting } from '../settings/definitions.ts';
import { type QuietHours, quietHoursSchema } from './quiet-hours.ts';

/**
 * What the spacing can be, in seconds. Discord lets a bot send five messages in five seconds to a channel; two seconds
 * stay well below that.
 */
export const SPACING = { least: 2, most: 3_600 } as const;

/** How many seconds lie between two messages to the same channel, at the least. */
export const announcementSpacing = defineSetting<number>({
  name: 'announcementSpacing',
  schema: z.int().min(SPACING.least).max(SPACING.most),
  default: 5,
});

/** What the budget can be, in messages an hour. */
export const BUDGET = { least: 1, most: 120 } as const;

/** How many messages with announcements a channel gets in an hour, at the most. The rest goes into the next digest. */
export const announcementBudget = defineSetting<number>({
  name: 'announcementBudget',
  schema: z.int().min(BUDGET.least).max(BUDGET.most),
  default: 30,
});

/** When nothing is announced; what happens meanwhile is told when they are over. Null: never. */
export const quietHours = defineSetting<QuietHours | null>({
  name: 'quietHours',
  schema: quietHoursSchema.nullable(),
  default: null,
});

/** Where those who run the server are told what they should know; null: by direct message to the owner. */
export const logChannel = defineSetting<string | null>({
  name: 'logChannel',
  schema: channelIdSchema.nullable(),
  default: null,
});

/** Every how many levels can be announced. */
export const LEVELS = { least: 1, most: 100 } as const;

/** Every how many levels of a player are announced. */
export const levelMilestone = defineSetting<number>({
  name: 'levelMilestone',
  schema: z.int().min(LEVELS.least).max(LEVELS.most),
  default: 5,
});

/** From which tier on an achievement is announced. */
export const achievementTier = defineSetting<Achievement['tier']>({
  name: 'achievementTier',
  schema: z.enum(ACHIEVEMENT_TIERS),
  default: 'gold',
});
