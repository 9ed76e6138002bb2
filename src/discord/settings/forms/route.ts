import { ComponentType, channelMention, SelectMenuDefaultValueType } from 'discord.js';
import { ownChannelOf, type RouteType } from '../../../game/settings/types/route.ts';
import { button, buttonRows, selectRow } from '../../components.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';
import { channelForm, WHERE_TO_TELL } from './channel.ts';

/** Where one kind of thing goes is the usual channel, nowhere, or picked from the channels of the server. */
export const routeForm: FormOf<RouteType> = {
  words: [],

  addOptions(subcommand, setting) {
    subcommand.addChannelOption((option) =>
      describeOption(option, setting, setting.option).addChannelTypes(...WHERE_TO_TELL),
    );
    subcommand.addBooleanOption((option) => describeOption(option, setting, `${setting.option}Off`));
  },

  wishOf(options, { option }) {
    if (options.getBoolean(optionName(`${option}Off`)) === true) return () => 'off';
    const chosen = options.getChannel(optionName(option), false, WHERE_TO_TELL);
    return chosen ? () => chosen.id : undefined;
  },

  text(t, _setting, value) {
    if (value === 'usual' || value === 'off') return t(`panel:route.${value as 'usual' | 'off'}`);
    return channelMention(value);
  },

  range(t) {
    return t('panel:range.route');
  },

  controls({ t, value, id, names }) {
    const own = ownChannelOf(value);
    return [
      selectRow({
        type: ComponentType.ChannelSelect,
        custom_id: id.select('choose'),
        channel_types: [...WHERE_TO_TELL],
        placeholder: t('panel:choose.channel'),
        ...(own !== undefined && names.channel(own) !== undefined
          ? { default_values: [{ type: SelectMenuDefaultValueType.Channel, id: own }] }
          : {}),
      }),
      ...buttonRows([
        { ...button(id.button('usual'), t('panel:usual')), disabled: value === 'usual' },
        { ...button(id.button('off'), t('panel:off')), disabled: value === 'off' },
      ]),
    ];
  },

  answer(_setting, action, [channelId]) {
    if (action === 'off' || action === 'usual') return () => action;
    return action === 'choose' && channelId !== undefined ? () => channelId : undefined;
  },

  admit(guildId, value) {
    const own = ownChannelOf(value);
    if (own !== undefined) channelForm.admit?.(guildId, own);
  },
};
