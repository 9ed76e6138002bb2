import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { ComponentType } from 'discord.js';
import { refuse } from '../../../game/refusal.ts';
import { type FactorType, isBoosted } from '../../../game/settings/types/factor.ts';
import { button, buttonRows, selectRow } from '../../components.ts';
import { relativeTime } from '../../in-words.ts';
import type { Translate } from '../../translate.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';
import { endOf, isSpan, SPANS } from '../spans.ts';
import { numberField, readNumber, within } from './numbers.ts';

declare module '../../../game/refusal.ts' {
  interface Refusals {
    boostIncomplete: Record<string, never>;
    unknownSpan: Record<string, never>;
  }
}

/** A factor is typed; where it is for a while only, for how long is picked first. */
export const factorForm: FormOf<FactorType> = {
  words: [],

  addOptions(subcommand, setting) {
    const { least, most } = setting.type;
    subcommand.addNumberOption((option) =>
      describeOption(option, setting, setting.option).setMinValue(least).setMaxValue(most),
    );
    subcommand.addStringOption((option) =>
      describeOption(option, setting, `${setting.option}For`).addChoices(
        ...SPANS.map((value) => createLocalizedChoice(`panel:span.${value}`, { value })),
      ),
    );
  },

  wishOf(options, { option, type }) {
    const value = options.getNumber(optionName(option));
    const span = options.getString(optionName(`${option}For`));
    if (span === null)
      return value === null ? undefined : (before) => ({ ...before, base: within(type, value) });
    if (value === null) return refuse('boostIncomplete', {});
    return boostWish(type, value, span);
  },

  text(t, _setting, value, now) {
    const base = factorText(t, value.base);
    const { boost } = value;
    if (boost === null || !isBoosted(value, now)) return base;
    return t('panel:factor.boosted', {
      factor: factorText(t, boost.factor),
      endsAt: relativeTime(boost.until),
      base,
    });
  },

  range(t, { type: { least, most } }) {
    return t('panel:range.factor', { least: factorText(t, least), most: factorText(t, most) });
  },

  controls({ t, value, now, id }) {
    return [
      selectRow({
        type: ComponentType.StringSelect,
        custom_id: id.select('boost'),
        placeholder: t('panel:choose.span'),
        options: SPANS.map((span) => ({ label: t(`panel:span.${span}`), value: span })),
      }),
      ...buttonRows([
        button(id.asking('ask'), t('panel:factor.change')),
        { ...button(id.button('end'), t('panel:factor.end')), disabled: !isBoosted(value, now) },
      ]),
    ];
  },

  question({ t, setting, value }, action, chosen) {
    const title = t(`settings:${setting.name}.name`);
    if (action === 'ask') return { title, fields: [numberField(t, setting.type, value.base)] };
    // The span was just chosen, or is what a modal was about that is asked once more.
    const [what, span = chosen[0] ?? ''] = action.split('-');
    if (what !== 'boost' || !isSpan(span)) return undefined;
    const label = t('panel:ask.boost', { span: t(`panel:span.${span}`) });
    return {
      title,
      // For how long travels with the modal: see `answer`.
      action: `boost-${span}`,
      fields: [{ ...numberField(t, setting.type, value.boost?.factor ?? null), label }],
    };
  },

  answer({ type }, action, [typed]) {
    if (action === 'end') return (before) => ({ ...before, boost: null });
    if (action === 'ask') return (before) => ({ ...before, base: within(type, readNumber(typed)) });
    const [what, span = ''] = action.split('-');
    return what === 'boost' ? boostWish(type, readNumber(typed), span) : undefined;
  },
};

/** @throws Refusal settingOutOfRange, unknownSpan */
function boostWish(type: FactorType, value: number, span: string) {
  const factor = within(type, value);
  if (!isSpan(span)) return refuse('unknownSpan', {});
  return (
    before: { readonly base: number },
    moment: { readonly now: number; readonly timeZone: string },
  ) => ({
    base: before.base,
    boost: { factor, until: endOf(span, moment) },
  });
}

function factorText(t: Translate, factor: number): string {
  return t('panel:factor.times', { factor });
}
