import { z } from 'zod';
import { type Rarity, raritySchema } from '../../events/rarity.ts';

/** One thing that an admin can set for a server. */
export interface SettingDefinition<Value = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<Value>;
  readonly default: Value;
}

/** Describes a setting; a feature can bring its own. */
export function defineSetting<Value>(definition: SettingDefinition<Value>): SettingDefinition<Value> {
  return definition;
}

/** The id of a channel, as Discord makes them. */
export const channelIdSchema = z.string().regex(/^\d{15,21}$/);

/** The id of a role, which looks like every id of Discord's. */
export const roleIdSchema = channelIdSchema;

/** Whoever has this role may do what needs the Manage Server permission otherwise; null: nobody beside. */
export const managerRole = defineSetting<string | null>({
  name: 'managerRole',
  schema: roleIdSchema.nullable(),
  default: null,
});

/** The channel that celebrates what is worth celebrating; null: none. */
export const announcementChannel = defineSetting<string | null>({
  name: 'announcementChannel',
  schema: channelIdSchema.nullable(),
  default: null,
});

/** From which rarity on a crafted item is announced. */
export const announcementRarity = defineSetting<Rarity>({
  name: 'announcementRarity',
  schema: raritySchema,
  default: 'rare',
});

/** Whether taking part in the chat is rewarded. */
export const engagementEnabled = defineSetting<boolean>({
  name: 'engagementEnabled',
  schema: z.boolean(),
  default: true,
});

/** So many channels an admin can leave out: their mentions fit into one message with room to spare. */
export const MOST_IGNORED_CHANNELS = 50;

/** The channels, with their threads, in which taking part doesn't count. */
export const ignoredChannels = defineSetting<readonly string[]>({
  name: 'ignoredChannels',
  schema: z
    .array(channelIdSchema)
    .max(MOST_IGNORED_CHANNELS)
    .refine((channels) => new Set(channels).size === channels.length, 'a channel is named twice'),
  default: [],
});
