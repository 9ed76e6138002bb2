import { Duration } from '@sapphire/duration';
import { z } from 'zod';
import { raritySchema } from '../../events/rarity.ts';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'lower-case letters, digits and underscores, 32 at most');
const amounts = z.record(id, z.int().min(1).max(1_000));

/** A span of time as people write it, such as `20s` or `4h`; in milliseconds when read. */
const duration = z.string().transform((text, context) => {
  const milliseconds = new Duration(text).offset;
  if (Number.isFinite(milliseconds) && milliseconds >= 1_000) return milliseconds;
  context.addIssue({ code: 'custom', message: `"${text}" is not a time such as 20s, 5m or 4h` });
  return z.NEVER;
});

export const itemSchema = z.strictObject({
  category: z.enum(['material', 'refined', 'component', 'finished']),
  rarity: raritySchema,
  emoji: z.string().min(1).max(8),
});

export const recipeSchema = z.strictObject({
  /** The item that is made. */
  makes: id,
  /** How many of it one craft yields. */
  yields: z.int().min(1).max(100).default(1),
  takes: amounts.refine(
    (takes) => Object.keys(takes).length > 0,
    'at least one item: nothing comes from nothing',
  ),
  time: duration,
  /** The level it needs. */
  level: z.int().min(1).max(100).default(1),
});

export const achievementSchema = z.strictObject({
  /** What is counted. */
  counts: z.enum(['itemsCrafted']),
  /** How much of it earns the achievement. */
  goal: z.int().min(1),
  emoji: z.string().min(1).max(8),
});

/** The game as data: `data/content/*.yaml`, one file for each of these. */
export const contentSchema = z.strictObject({
  items: z.record(id, itemSchema),
  recipes: z.record(id, recipeSchema),
  achievements: z.record(id, achievementSchema),
  /** What a player starts with. */
  starter: amounts,
});

export type Content = z.output<typeof contentSchema>;
export type Item = z.output<typeof itemSchema> & { readonly id: string };
export type Recipe = z.output<typeof recipeSchema> & { readonly id: string };
export type Achievement = z.output<typeof achievementSchema> & { readonly id: string };
