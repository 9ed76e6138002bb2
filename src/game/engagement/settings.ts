import { defineSetting } from '../settings/definitions.ts';
import { channels } from '../settings/types/channels.ts';
import { decimal } from '../settings/types/decimal.ts';
import { onOff } from '../settings/types/switch.ts';

/** Whether taking part in the chat is rewarded. */
export const engagementEnabled = defineSetting({
  name: 'engagementEnabled',
  area: 'engagement',
  option: 'enabled',
  emoji: '💬',
  type: onOff(),
  default: true,
});

/** So many channels an admin can leave out: their mentions fit into one message with room to spare. */
export const MOST_IGNORED_CHANNELS = 50;

/** The channels, with their threads, in which taking part doesn't count. */
export const ignoredChannels = defineSetting({
  name: 'ignoredChannels',
  area: 'engagement',
  option: 'ignore',
  emoji: '🙈',
  type: channels({ most: MOST_IGNORED_CHANNELS, removal: 'listen' }),
  default: [],
});

/** What each kind of taking part can be worth, in points; an operator has the same bounds. */
const weight = () => decimal({ least: 0, most: 100 });

/** How many points each kind of taking part is worth; null: as many as the operator says. */
export const ENGAGEMENT_WEIGHTS = {
  message: defineSetting({
    name: 'messageWeight',
    area: 'engagement',
    option: 'message',
    emoji: '✉️',
    type: weight(),
    default: null,
  }),
  reaction: defineSetting({
    name: 'reactionWeight',
    area: 'engagement',
    option: 'reaction',
    emoji: '👍',
    type: weight(),
    default: null,
  }),
  command: defineSetting({
    name: 'commandWeight',
    area: 'engagement',
    option: 'command',
    emoji: '⌨️',
    type: weight(),
    default: null,
  }),
};
