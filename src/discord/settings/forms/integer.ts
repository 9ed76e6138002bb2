import type { IntegerType } from '../../../game/settings/types/integer.ts';
import { duration } from '../../duration.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';
import { changeRow, numberField, readNumber, wholeWithin } from './numbers.ts';

const SECOND = 1_000;

/** A whole number is typed. */
export const integerForm: FormOf<IntegerType> = {
  words: ['value'],

  addOptions(subcommand, setting) {
    const { least, most } = setting.type;
    subcommand.addIntegerOption((option) =>
      describeOption(option, setting, setting.option).setMinValue(least).setMaxValue(most),
    );
  },

  wishOf(options, { option, type }) {
    const value = options.getInteger(optionName(option));
    return value === null ? undefined : () => wholeWithin(type, value);
  },

  text(t, { name, type }, value) {
    const amount = type.unit === 'seconds' ? duration(t, value * SECOND) : String(value);
    return t(`settings:${name}.value`, { count: value, amount });
  },

  range(t, { type }) {
    const { least, most, unit } = type;
    return t(unit === 'seconds' ? 'panel:range.seconds' : 'panel:range.integer', { least, most });
  },

  controls({ t, id }) {
    return changeRow(t, id.asking('ask'));
  },

  question({ t, setting, value }, action) {
    if (action !== 'ask') return undefined;
    return { title: t(`settings:${setting.name}.name`), fields: [numberField(t, setting.type, value)] };
  },

  answer({ type }, action, [typed]) {
    return action === 'ask' ? () => wholeWithin(type, readNumber(typed)) : undefined;
  },
};
