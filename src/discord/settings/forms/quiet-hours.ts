import type { ChatInputCommandInteraction } from 'discord.js';
import {
  completeQuietHours,
  type QuietHoursType,
  type QuietWish,
} from '../../../game/settings/types/quiet-hours.ts';
import { LONGEST_CHOICE } from '../../choices.ts';
import { button, buttonRows } from '../../components.ts';
import type { Field } from '../../modal.ts';
import { formatTimeOfDay, parseTimeOfDay } from '../../time-of-day.ts';
import { parseTimeZone } from '../../time-zones.ts';
import { describeOption } from '../options.ts';
import type { FormOf } from '../setting-form.ts';

/** Room for every way to write a time. */
const LONGEST_TIME = 10;

/** The option whose values are offered while somebody types. */
export const TIME_ZONE = 'time-zone';

/** Quiet hours are a beginning, an end and a time zone, each typed; what is left open stays as it is. */
export const quietHoursForm: FormOf<QuietHoursType> = {
  words: ['none'],

  addOptions(subcommand, setting) {
    subcommand
      .addStringOption((option) => describeOption(option, setting, 'quietFrom').setMaxLength(LONGEST_TIME))
      .addStringOption((option) => describeOption(option, setting, 'quietUntil').setMaxLength(LONGEST_TIME))
      .addStringOption((option) =>
        describeOption(option, setting, 'timeZone').setAutocomplete(true).setMaxLength(LONGEST_CHOICE),
      )
      .addBooleanOption((option) => describeOption(option, setting, 'quietOff'));
  },

  wishOf(options) {
    if (options.getBoolean('quiet-off') === true) return () => null;
    const wish = quietWish(options);
    return wish && ((before) => completeQuietHours(wish, before));
  },

  text(t, { name }, value) {
    if (value === null) return t(`settings:${name}.none`);
    const { timeZone } = value;
    const [from, until] = [formatTimeOfDay(value.from), formatTimeOfDay(value.until)];
    // Few live by UTC: it is what counts until somebody says otherwise.
    if (timeZone === 'UTC') return t('panel:quiet.byDefault', { from, until });
    return t('panel:quiet.hours', { from, until, timeZone });
  },

  range(t) {
    return t('panel:range.quietHours');
  },

  controls({ t, value, id }) {
    return buttonRows([
      button(id.asking('ask'), t('panel:change')),
      { ...button(id.button('off'), t('panel:off')), disabled: value === null },
    ]);
  },

  question({ t, setting, value }, action) {
    if (action !== 'ask') return undefined;
    const time = { hint: t('panel:ask.time'), longest: LONGEST_TIME };
    const written = (minute: number | undefined) => (minute === undefined ? '' : formatTimeOfDay(minute));
    const fields: Field[] = [
      { id: 'from', label: t('panel:ask.from'), value: written(value?.from), ...time },
      { id: 'until', label: t('panel:ask.until'), value: written(value?.until), ...time },
      {
        id: 'timeZone',
        label: t('panel:ask.timeZone'),
        hint: t('panel:ask.city'),
        value: value?.timeZone ?? '',
        longest: LONGEST_CHOICE,
        required: false,
      },
    ];
    return { title: t(`settings:${setting.name}.name`), fields };
  },

  answer(_setting, action, [from = '', until = '', timeZone = '']) {
    if (action === 'off') return () => null;
    if (action !== 'ask') return undefined;
    const wish = {
      from: parseTimeOfDay(from),
      until: parseTimeOfDay(until),
      timeZone: timeZone.trim() === '' ? undefined : parseTimeZone(timeZone),
    };
    return (before) => completeQuietHours(wish, before);
  },
};

/** @throws Refusal unreadableTime, unknownTimeZone */
function quietWish(options: ChatInputCommandInteraction['options']): QuietWish | undefined {
  const from = options.getString('quiet-from');
  const until = options.getString('quiet-until');
  const timeZone = options.getString(TIME_ZONE);
  if (from === null && until === null && timeZone === null) return undefined;
  return {
    from: from === null ? undefined : parseTimeOfDay(from),
    until: until === null ? undefined : parseTimeOfDay(until),
    timeZone: timeZone === null ? undefined : parseTimeZone(timeZone),
  };
}
