import type { SwitchType } from '../../../game/settings/types/switch.ts';
import { button, buttonRows } from '../../components.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';

/** On and off are a button each. */
export const switchForm: FormOf<SwitchType> = {
  words: [],

  addOptions(subcommand, setting) {
    subcommand.addBooleanOption((option) => describeOption(option, setting, setting.option));
  },

  wishOf(options, { option }) {
    const value = options.getBoolean(optionName(option));
    return value === null ? undefined : () => value;
  },

  text(t, _setting, value) {
    return t(value ? 'panel:isOn' : 'panel:isOff');
  },

  range(t) {
    return t('panel:range.switch');
  },

  controls({ t, value, id }) {
    return buttonRows([
      { ...button(id.button('on'), t('panel:turnOn')), disabled: value },
      { ...button(id.button('off'), t('panel:off')), disabled: !value },
    ]);
  },

  answer(_setting, action) {
    if (action === 'on') return () => true;
    return action === 'off' ? () => false : undefined;
  },
};
