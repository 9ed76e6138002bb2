import { container } from '@sapphire/framework';
import { plainText } from './plain-text.ts';
import { settingValueText } from './settings/value-text.ts';
import type { Translate } from './translate.ts';

/** How much of a setting's value is said: enough for everything but long lists. */
const LONGEST_VALUE = 110;

/** A change of a setting, as its event has it. */
export interface SettingChange {
  readonly setting: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Which setting was changed, from what to what, in words.
 *
 * @param at when, in milliseconds UTC: what was to count for a while only is told as it was then
 */
export function settingChange(t: Translate, { setting, before, after }: SettingChange, at: number) {
  const definition = container.game.settings.definition(setting);
  const inWords = (value: unknown) =>
    definition ? settingValueText(t, definition, value, at) : plainText(JSON.stringify(value) ?? '');
  return {
    setting: definition ? `**${t(`settings:${definition.name}.name`)}**` : plainText(setting),
    before: cut(inWords(before)),
    after: cut(inWords(after)),
  };
}

/** How a setting is called where nothing but text can stand. */
export function settingLabel(t: Translate, setting: string): string {
  const definition = container.game.settings.definition(setting);
  return definition ? t(`settings:${definition.name}.name`) : setting;
}

/** Cuts a value between two words: half a mention would be none. */
function cut(value: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  return `${value.slice(0, LONGEST_VALUE).replace(/\S*$/, '')}…`;
}
