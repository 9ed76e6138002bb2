import { channelMention } from 'discord.js';
import type { AnnouncementRules } from '../../game/announcements/announcement-policy.ts';
import { commandMention } from '../command-mention.ts';
import { type ChannelDiagnosis, isSound } from '../diagnosis.ts';
import { duration } from '../duration.ts';
import { formatTimeOfDay } from '../time-of-day.ts';
import type { Translate } from '../translate.ts';

const SECOND = 1_000;

/**
 * How a server is told things, for its admin: what is in force, and what is stuck.
 *
 * @param channel how things stand where it is told; undefined where no channel is chosen
 */
export function announcementsText(
  t: Translate,
  rules: AnnouncementRules,
  channel: ChannelDiagnosis | undefined,
): string {
  const { channelId, rarity, levels, tier, spacing, budget } = rules;
  const place =
    channelId === null
      ? t('config:announcements.off')
      : t('config:announcements.on', { channel: channelMention(channelId) });
  return [
    place,
    t('config:announcements.rarity', { rarity: t(`browse:rarity.${rarity}`) }),
    t('config:announcements.levels', { count: levels }),
    t('config:announcements.achievements', { tier: t(`progress:tier.${tier}`) }),
    t('config:announcements.pace', { spacing: duration(t, spacing * SECOND), budget }),
    quietText(t, rules),
    ...(channel ? stuckTexts(t, channel) : []),
  ].join('\n');
}

/** Where problems are told, for the admin. */
export function logText(t: Translate, { logChannelId }: AnnouncementRules): string {
  if (logChannelId === null) return t('config:log.off');
  return t('config:log.on', { channel: channelMention(logChannelId) });
}

function quietText(t: Translate, { quietHours }: AnnouncementRules): string {
  if (quietHours === null) return t('config:announcements.noQuiet');
  const { timeZone } = quietHours;
  const from = formatTimeOfDay(quietHours.from);
  const until = formatTimeOfDay(quietHours.until);
  // Few live by it: it is what counts until somebody says otherwise.
  if (timeZone === 'UTC') return t('config:announcements.quietByDefault', { from, until });
  return t('config:announcements.quiet', { from, until, timeZone });
}

function stuckTexts(t: Translate, channel: ChannelDiagnosis): string[] {
  const doctor = commandMention(t, 'admin doctor');
  return [
    ...(channel.waiting > 0 ? [t('config:announcements.waiting', { count: channel.waiting })] : []),
    ...(isSound(channel) ? [] : [t('config:announcements.unsound', { doctor })]),
  ];
}
