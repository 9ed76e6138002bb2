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

/** The channel that celebrates what is worth celebrating; null: none. */
export const announcementChannel = defineSetting<string | null>({
  name: 'announcementChannel',
  schema: z
    .string()
    .regex(/^\d{15,21}$/)
    .nullable(),
  default: null,
});

/** From which rarity on a crafted item is announced. */
export const announcementRarity = defineSetting<Rarity>({
  name: 'announcementRarity',
  schema: raritySchema,
  default: 'rare',
});
