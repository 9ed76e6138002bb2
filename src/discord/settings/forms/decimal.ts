import type { DecimalType } from '../../../game/settings/types/decimal.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';
import { changeRow, numberField, readNumber, within } from './numbers.ts';

/** A number is typed. */
export const decimalForm: FormOf<DecimalType> = {
  words: ['none', 'value'],

  addOptions(subcommand, setting) {
    const { least, most } = setting.type;
    subcommand.addNumberOption((option) =>
      describeOption(option, setting, setting.option).setMinValue(least).setMaxValue(most),
    );
  },

  wishOf(options, { option, type }) {
    const value = options.getNumber(optionName(option));
    return value === null ? undefined : () => within(type, value);
  },

  text(t, { name }, value) {
    if (value === null) return t(`settings:${name}.none`);
    return t(`settings:${name}.value`, { count: value, amount: t('panel:number', { number: value }) });
  },

  range(t, { type: { least, most } }) {
    return t('panel:range.decimal', { least, most });
  },

  controls({ t, id }) {
    return changeRow(t, id.asking('ask'));
  },

  question({ t, setting, value }, action) {
    if (action !== 'ask') return undefined;
    return { title: t(`settings:${setting.name}.name`), fields: [numberField(t, setting.type, value)] };
  },

  answer({ type }, action, [typed]) {
    return action === 'ask' ? () => within(type, readNumber(typed)) : undefined;
  },
};
