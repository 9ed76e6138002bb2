import { ComponentType, channelMention, ChannelType as Kind, SelectMenuDefaultValueType } from 'discord.js';
import type { ChannelType } from '../../../game/settings/types/channel.ts';
import { button, buttonRows, selectRow } from '../../components.ts';
import { requireChannel } from '../../require-channel.ts';
import { requireWritable } from '../../require-writable.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';

/** Where the bot can be asked to write by itself. */
export const WHERE_TO_TELL = [Kind.GuildText, Kind.GuildAnnouncement] as const;

/** What turns a channel off is called so: there is one channel in an area. */
const OFF = 'off';

/** A channel is picked from those of the server, and has to be one in which the bot may write. */
export const channelForm: FormOf<ChannelType> = {
  words: ['none'],

  addOptions(subcommand, setting) {
    subcommand.addChannelOption((option) =>
      describeOption(option, setting, setting.option).addChannelTypes(...WHERE_TO_TELL),
    );
    subcommand.addBooleanOption((option) => describeOption(option, setting, OFF));
  },

  wishOf(options, { option }) {
    if (options.getBoolean(OFF) === true) return () => null;
    const chosen = options.getChannel(optionName(option), false, WHERE_TO_TELL);
    return chosen ? () => chosen.id : undefined;
  },

  text(t, { name }, value) {
    return value === null ? t(`settings:${name}.none`) : channelMention(value);
  },

  range(t) {
    return t('panel:range.channel');
  },

  controls({ t, value, id, names }) {
    const off = { ...button(id.button('off'), t('panel:off')), disabled: value === null };
    return [
      selectRow({
        type: ComponentType.ChannelSelect,
        custom_id: id.select('choose'),
        channel_types: [...WHERE_TO_TELL],
        placeholder: t('panel:choose.channel'),
        ...(value === null || names.channel(value) === undefined
          ? {}
          : { default_values: [{ type: SelectMenuDefaultValueType.Channel, id: value }] }),
      }),
      ...buttonRows([off]),
    ];
  },

  answer(_setting, action, [channelId]) {
    if (action === 'off') return () => null;
    return action === 'choose' && channelId !== undefined ? () => channelId : undefined;
  },

  admit(guildId, value) {
    if (value === null) return;
    requireChannel(guildId, value);
    requireWritable(value);
  },
};
