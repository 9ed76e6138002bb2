import { ButtonStyle } from 'discord.js';
import { refuse } from '../../../game/refusal.ts';
import { button, buttonRows } from '../../components.ts';
import type { Field } from '../../modal.ts';
import type { Translate } from '../../translate.ts';

declare module '../../../game/refusal.ts' {
  interface Refusals {
    unreadableNumber: { readonly asked: string };
    settingOutOfRange: { readonly context: 'whole' | 'any'; readonly least: number; readonly most: number };
  }
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Digits, with some behind a dot or a comma: people write their numbers in both ways, and none of ours has thousands. */
const WRITTEN = /^\d{1,9}(?:[.,]\d{1,9})?$/;

/** Room for every number that can be meant. */
const LONGEST_NUMBER = 10;

/** What somebody typed as a number. @throws Refusal unreadableNumber */
export function readNumber(typed: string | undefined): number {
  const text = typed?.trim() ?? '';
  return WRITTEN.test(text) ? Number(text.replace(',', '.')) : refuse('unreadableNumber', { asked: text });
}

/** A whole number, if it is one within bounds. @throws Refusal settingOutOfRange */
export function wholeWithin({ least, most }: Range, value: number): number {
  const isPossible = Number.isInteger(value) && value >= least && value <= most;
  return isPossible ? value : refuse('settingOutOfRange', { context: 'whole', least, most });
}

/** A number, if it is within bounds. @throws Refusal settingOutOfRange */
export function within({ least, most }: Range, value: number): number {
  return value >= least && value <= most
    ? value
    : refuse('settingOutOfRange', { context: 'any', least, most });
}

/** A field to type a number into. @param value what stands there already */
export function numberField(t: Translate, { least, most }: Range, value: number | null): Field {
  return {
    id: 'number',
    label: t('panel:ask.number'),
    hint: t('panel:ask.between', { least, most }),
    // Not as it is shown: the sign between the thousands would be read as that before the decimals.
    value: value === null ? '' : String(Number(value.toFixed(3))),
    longest: LONGEST_NUMBER,
  };
}

/** The button that opens a modal. */
export function changeRow(t: Translate, id: string) {
  return buttonRows([button(id, t('panel:change'), ButtonStyle.Primary)]);
}
