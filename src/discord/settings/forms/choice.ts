import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { ComponentType } from 'discord.js';
import type { ChoiceSubject, ChoiceType } from '../../../game/settings/types/choice.ts';
import { selectRow } from '../../components.ts';
import type { Translate } from '../../translate.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';

/** Where the words for what there is a choice of are. */
const WORDS: { readonly [Subject in ChoiceSubject]: (value: string) => string } = {
  rarity: (value) => `browse:rarity.${value}`,
  tier: (value) => `progress:tier.${value}`,
};

/** One of a few is picked from a list. */
export const choiceForm: FormOf<ChoiceType> = {
  words: [],

  addOptions(subcommand, setting) {
    const { subject, choices } = setting.type;
    subcommand.addStringOption((option) =>
      describeOption(option, setting, setting.option).addChoices(
        ...choices.map((value) => createLocalizedChoice(WORDS[subject](value), { value })),
      ),
    );
  },

  wishOf(options, { option, type }) {
    const chosen = options.getString(optionName(option));
    const value = type.choices.find((each) => each === chosen);
    return value === undefined ? undefined : () => value;
  },

  text(t, { type }, value) {
    return wordFor(t, type, value);
  },

  range(t, { type }) {
    return type.choices.map((value) => wordFor(t, type, value)).join(', ');
  },

  controls({ t, setting, value, id }) {
    const options = setting.type.choices.map((each) => ({
      label: wordFor(t, setting.type, each),
      value: each,
      default: each === value,
    }));
    return [selectRow({ type: ComponentType.StringSelect, custom_id: id.select('choose'), options })];
  },

  answer({ type }, action, [chosen]) {
    const value = type.choices.find((each) => each === chosen);
    return action === 'choose' && value !== undefined ? () => value : undefined;
  },
};

function wordFor(t: Translate, { subject }: ChoiceType, value: string): string {
  return t(WORDS[subject](value));
}
