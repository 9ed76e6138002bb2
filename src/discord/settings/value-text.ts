import { container } from '@sapphire/framework';
import type { SettingDefinition } from '../../game/settings/definitions.ts';
import { plainText } from '../plain-text.ts';
import { shorten } from '../shorten.ts';
import type { Translate } from '../translate.ts';
import { formOf } from './forms.ts';

/** What is shown of a value that no setting of today can have. */
const LONGEST_STRANGER = 100;

/**
 * A value of a setting in words: the one in force, or one of the past, such as in an event. One that the setting can't
 * have any more is shown as it was stored.
 *
 * @param at the moment as of which it is told, in milliseconds UTC: what counts for a while only may be over by then
 */
export function settingValueText(
  t: Translate,
  definition: SettingDefinition,
  value: unknown,
  at: number = container.world.clock.now(),
): string {
  const known = definition.schema.safeParse(value);
  if (!known.success) return plainText(shorten(JSON.stringify(value) ?? '', LONGEST_STRANGER));
  return formOf(definition).text(t, definition, known.data, at);
}

/** A setting with its value, in one line. @param at as in {@link settingValueText} */
export function settingLine(
  t: Translate,
  definition: SettingDefinition,
  value: unknown,
  at: number = container.world.clock.now(),
): string {
  return t('panel:line', {
    emoji: definition.emoji,
    name: t(`settings:${definition.name}.name`),
    value: settingValueText(t, definition, value, at),
  });
}
