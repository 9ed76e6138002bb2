import { channelMention } from 'discord.js';
import type { EngagementRules } from '../../game/engagement/engagement.ts';
import type { Translate } from '../translate.ts';

/** What counts as taking part in a server, for its admin: 50 channels at the most, some 1,200 characters. */
export function engagementText(t: Translate, rules: EngagementRules): string {
  const { enabled, ignoredChannels, weights, pointsPerMinute, xpPerPoint } = rules;
  if (!enabled) return t('config:engagement.off');
  return [
    t('config:engagement.on'),
    t('config:engagement.points', { ...weights, pointsPerMinute }),
    t('config:engagement.worth', { xpPerPoint }),
    t('config:engagement.ignored', {
      count: ignoredChannels.length,
      channels: ignoredChannels.map((id) => channelMention(id)).join(', '),
    }),
    t('config:engagement.never'),
  ].join('\n');
}
