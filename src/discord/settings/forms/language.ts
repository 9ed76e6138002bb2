import { container } from '@sapphire/framework';
import { ComponentType } from 'discord.js';
import type { LanguageType } from '../../../game/settings/types/language.ts';
import { selectRow } from '../../components.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';

/** Stands for the language that the server has at Discord, where one is chosen. */
const OWN = 'own';

/** A language is picked from those that there are texts in; each is called as those call it who speak it. */
export const languageForm: FormOf<LanguageType> = {
  words: ['none'],

  addOptions(subcommand, setting) {
    subcommand.addStringOption((option) =>
      describeOption(option, setting, setting.option).addChoices(
        ...languages().map((value) => ({ name: nameOf(value), value })),
      ),
    );
  },

  wishOf(options, { option }) {
    const chosen = languages().find((each) => each === options.getString(optionName(option)));
    return chosen === undefined ? undefined : () => chosen;
  },

  text(t, { name }, value) {
    return value === null ? t(`settings:${name}.none`) : nameOf(value);
  },

  range() {
    return languages().map(nameOf).join(', ');
  },

  controls({ t, setting, value, id }) {
    const own = { label: t(`settings:${setting.name}.none`), value: OWN, default: value === null };
    const others = languages().map((each) => ({
      label: nameOf(each),
      value: each,
      default: each === value,
    }));
    return [
      selectRow({
        type: ComponentType.StringSelect,
        custom_id: id.select('choose'),
        options: [own, ...others],
      }),
    ];
  },

  answer(_setting, action, [chosen]) {
    if (action !== 'choose') return undefined;
    if (chosen === OWN) return () => null;
    const value = languages().find((each) => each === chosen);
    return value === undefined ? undefined : () => value;
  },
};

function languages(): string[] {
  return [...container.i18n.languages.keys()].toSorted();
}

function nameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language', languageDisplay: 'standard' });
  return name.of(language) ?? language;
}
