import { Duration } from '@sapphire/duration';
import { z } from 'zod';
import { raritySchema } from '../../events/rarity.ts';
import { measureSchema } from '../measures/measure.ts';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'lower-case letters, digits and underscores, 32 at most');
const amounts = z.record(id, z.int().min(1).max(1_000));
const level = z.int().min(1).max(100);
const emoji = z.string().min(1).max(8);
const probability = z.number().gt(0).max(1);

/** A span of time as people write it, such as `20s` or `4h`; in milliseconds when read. */
const duration = z.string().transform((text, context) => {
  const milliseconds = new Duration(text).offset;
  if (Number.isFinite(milliseconds) && milliseconds >= 1_000) return milliseconds;
  context.addIssue({ code: 'custom', message: `"${text}" is not a time such as 20s, 5m or 4h` });
  return z.NEVER;
});

/** What an item is for, from what the ground gives to what a guild is proud of. */
export const CATEGORIES = ['raw', 'refined', 'component', 'finished', 'masterpiece'] as const;

export type Category = (typeof CATEGORIES)[number];

export const itemSchema = z.strictObject({
  category: z.enum(CATEGORIES),
  rarity: raritySchema,
  emoji,
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
  level: level.default(1),
});

const findSchema = z
  .strictObject({
    /** How likely a trip finds any of it. */
    chance: probability.default(1),
    least: z.int().min(1).max(1_000).default(1),
    most: z.int().min(1).max(1_000),
  })
  .refine(({ least, most }) => least <= most, 'the least is more than the most');

/** A place where a trip leads. */
export const placeSchema = z.strictObject({
  emoji,
  /** The level it needs. */
  level: level.default(1),
  /** How long a trip takes. */
  time: duration,
  /** The XP of a trip. */
  xp: z.int().min(0).max(10_000),
  /** What can be found there: each on its own chance. */
  finds: z
    .record(id, findSchema)
    .refine((finds) => Object.keys(finds).length > 0, 'there is nothing to find'),
  /** What can be taken along, one for each trip, and by how much more it makes the trip find (0.5: half as much again). */
  supplies: z.strictObject({ item: id, bonus: z.number().gt(0).max(2) }).optional(),
});

export const ACHIEVEMENT_TIERS = ['bronze', 'silver', 'gold', 'platinum'] as const;

export const achievementSchema = z.strictObject({
  tier: z.enum(ACHIEVEMENT_TIERS),
  emoji,
  /** What is counted, over the events of the player. */
  counts: measureSchema,
  /** How much of it earns the achievement. */
  goal: z.int().min(1),
});

/** What grows with the level, each from a level on; the names say what the number is. */
const perk = z
  .record(z.string().regex(/^[1-9]\d{0,2}$/, 'a level'), z.int().min(0).max(1_000))
  .refine((steps) => '1' in steps, 'it must say what it is at level 1');

export const perksSchema = z.strictObject({
  /** How many crafts are at work at once. */
  craftingSlots: perk,
  /** How many further crafts can wait for their turn. */
  queueLength: perk,
  /** By how many percent more a trip finds. */
  gatheringBonus: perk,
  /** How likely a craft becomes a masterwork, in percent (design, "Recipes": 10). */
  masterworkChance: perk,
});

export type PerkName = keyof typeof perksSchema.shape;

/** The game as data: `data/content/*.yaml`, one file for each of these. */
export const contentSchema = z.strictObject({
  items: z.record(id, itemSchema),
  recipes: z.record(id, recipeSchema),
  places: z.record(id, placeSchema),
  achievements: z.record(id, achievementSchema),
  perks: perksSchema,
  /** What each day of a streak gives; after the last it begins anew. */
  daily: z
    .array(z.strictObject({ items: amounts.default({}), xp: z.int().min(0).max(10_000).default(0) }))
    .min(1),
  /** What taking part in the chat brings besides XP. */
  engagement: z.strictObject({
    /** How likely each point brings a find. */
    chancePerPoint: z.number().min(0).max(1),
    /** What it can be, with how often one comes compared with the others. */
    finds: amounts,
  }),
  /** What a player starts with. */
  starter: amounts,
});

export type Content = z.output<typeof contentSchema>;
export type Item = z.output<typeof itemSchema> & { readonly id: string };
export type Recipe = z.output<typeof recipeSchema> & { readonly id: string };
export type Place = z.output<typeof placeSchema> & { readonly id: string };
export type Achievement = z.output<typeof achievementSchema> & { readonly id: string };
export type DailyGift = Content['daily'][number];
