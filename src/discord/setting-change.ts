import { plainText } from './plain-text.ts';
import { shorten } from './shorten.ts';
import type { Translate } from './translate.ts';

/** How much of a setting's value is said. */
const LONGEST_VALUE = 80;

/** A change of a setting: which one, and its values, in words. */
export function settingChange(
  _t: Translate,
  { setting, before, after }: { readonly setting: string; readonly before: unknown; readonly after: unknown },
) {
  const inWords = (value: unknown) => plainText(shorten(JSON.stringify(value), LONGEST_VALUE));
  return { setting: plainText(setting), before: inWords(before), after: inWords(after) };
}
