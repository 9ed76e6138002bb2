import type { z } from 'zod';
import type { SettingType, ValueOf } from './setting-type.ts';

/** What a setting is about: settings of one area are shown and set together, in this order of areas. */
export const SETTING_AREAS = ['announcements', 'game', 'engagement', 'log', 'server'] as const;

export type SettingArea = (typeof SETTING_AREAS)[number];

/** One thing that an admin can set for a server. Its words are in `settings.json`, under its name. */
export interface SettingDefinition<Value = unknown, Type extends SettingType = SettingType> {
  readonly name: string;
  readonly area: SettingArea;
  /** What it is called among those of its area: the name of its option, whose words are in `commands/config.json`. */
  readonly option: string;
  readonly emoji: string;
  readonly type: Type;
  readonly schema: z.ZodType<Value>;
  readonly default: Value;
  /** Whether only those with Manage Server may change it, and not whoever else may set the bot up. */
  readonly isReserved: boolean;
}

const definitions = new Map<string, SettingDefinition>();

/**
 * Describes a setting; a feature brings its own in a `settings.ts`. It is a setting from then on: in `/config`, in the
 * panel and in `docs/settings.md`.
 *
 * @throws Error where there is one of that name
 */
export function defineSetting<Type extends SettingType>(description: {
  readonly name: string;
  readonly area: SettingArea;
  readonly option: string;
  readonly emoji: string;
  readonly type: Type;
  readonly default: ValueOf<Type>;
  readonly isReserved?: boolean;
}): SettingDefinition<ValueOf<Type>, Type> {
  const { name, type, isReserved = false } = description;
  if (definitions.has(name)) throw new Error(`There are two settings that are called ${name}.`);
  // The schema of a type is one of its values; the compiler doesn't look through a type that it doesn't know yet.
  const schema = type.schema as z.ZodType<ValueOf<Type>>;
  const definition = { ...description, schema, isReserved };
  definitions.set(name, definition);
  return definition;
}

/** Every setting of the features that are in use, area by area, and in an area in the order in which they were defined. */
export function everySetting(): SettingDefinition[] {
  return SETTING_AREAS.flatMap((area) => settingsOf(area));
}

/** The settings of an area. */
export function settingsOf(area: SettingArea): SettingDefinition[] {
  return [...definitions.values()].filter((definition) => definition.area === area);
}

/** A setting by its name; undefined for one that isn't there, or isn't any more. */
export function findSetting(name: string): SettingDefinition | undefined {
  return definitions.get(name);
}
