import type { z } from 'zod';
import type { ChannelType } from './types/channel.ts';
import type { ChannelsType } from './types/channels.ts';
import type { ChoiceType } from './types/choice.ts';
import type { DecimalType } from './types/decimal.ts';
import type { FactorType } from './types/factor.ts';
import type { IntegerType } from './types/integer.ts';
import type { LanguageType } from './types/language.ts';
import type { QuietHoursType } from './types/quiet-hours.ts';
import type { RoleType } from './types/role.ts';
import type { RouteType } from './types/route.ts';
import type { SwitchType } from './types/switch.ts';

/** What a setting can be of. How each kind is asked for and shown is in `src/discord/settings/forms`. */
export type SettingType =
  | ChannelType
  | ChannelsType
  | ChoiceType
  | DecimalType
  | FactorType
  | IntegerType
  | LanguageType
  | QuietHoursType
  | RoleType
  | RouteType
  | SwitchType;

export type SettingKind = SettingType['kind'];

/** The values that a setting of this type can have. */
export type ValueOf<Type extends { readonly schema: z.ZodType }> = z.output<Type['schema']>;
