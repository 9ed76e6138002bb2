import { ChannelType, ComponentType, channelMention } from 'discord.js';
import { type ChannelsType, withChannels, withoutChannels } from '../../../game/settings/types/channels.ts';
import { selectRow } from '../../components.ts';
import { shorten } from '../../shorten.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf, LookOf } from '../setting-form.ts';

/** Where people write, or open threads to write in. Media channels have no number in the published API for options. */
const WHERE_PEOPLE_WRITE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
] as const;

/** Discord's limits ("Component Reference", select menus): so many options, with so long a label. */
const MOST_OPTIONS = 25;
const LONGEST_LABEL = 100;

/** Channels are added to the list and taken off it, some at a time: two admins at once lose nothing of each other's. */
export const channelsForm: FormOf<ChannelsType> = {
  words: ['none'],

  addOptions(subcommand, setting) {
    for (const name of [setting.option, setting.type.removal]) {
      subcommand.addChannelOption((option) =>
        describeOption(option, setting, name).addChannelTypes(...WHERE_PEOPLE_WRITE),
      );
    }
  },

  wishOf(options, { option, type }) {
    const added = options.getChannel(optionName(option));
    const removed = options.getChannel(optionName(type.removal));
    if (!added && !removed) return undefined;
    return (before) => {
      const list = added ? withChannels(type, before, [added.id]) : before;
      return removed ? withoutChannels(list, [removed.id]) : list;
    };
  },

  text(t, { name }, value) {
    if (value.length === 0) return t(`settings:${name}.none`);
    return value.map((id) => channelMention(id)).join(', ');
  },

  range(t, { type }) {
    return t('panel:range.channels', { count: type.most });
  },

  controls(look) {
    const { t, setting, value, id } = look;
    const room = Math.min(MOST_OPTIONS, setting.type.most - value.length);
    return [
      selectRow({
        type: ComponentType.ChannelSelect,
        custom_id: id.select('add'),
        channel_types: [...WHERE_PEOPLE_WRITE],
        placeholder: t('panel:choose.more'),
        min_values: 1,
        max_values: Math.max(1, room),
        disabled: room <= 0,
      }),
      ...removals(look),
    ];
  },

  answer({ type }, action, chosen) {
    if (action === 'add') return (before) => withChannels(type, before, chosen);
    // There are several selects for those who have many on the list.
    if (action.startsWith('remove')) return (before) => withoutChannels(before, chosen);
    return undefined;
  },
};

/** What can be taken off the list: by name, since a channel that is gone can't be picked any more. */
function removals({ t, value, id, names }: LookOf<ChannelsType>) {
  const parts = Array.from({ length: Math.ceil(value.length / MOST_OPTIONS) }, (_, part) =>
    value.slice(part * MOST_OPTIONS, (part + 1) * MOST_OPTIONS),
  );
  return parts.map((part, index) =>
    selectRow({
      type: ComponentType.StringSelect,
      custom_id: id.select(`remove${index + 1}`),
      placeholder: t('panel:choose.fewer'),
      min_values: 1,
      max_values: part.length,
      options: part.map((channelId) => {
        const name = names.channel(channelId);
        const label = name === undefined ? t('panel:goneChannel', { id: channelId }) : `# ${name}`;
        return { label: shorten(label, LONGEST_LABEL), value: channelId };
      }),
    }),
  );
}
