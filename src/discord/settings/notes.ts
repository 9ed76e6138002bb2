import { container } from '@sapphire/framework';
import { channelMention, roleMention } from 'discord.js';
import { announcementChannel } from '../../game/announcements/settings.ts';
import { engagementEnabled } from '../../game/engagement/settings.ts';
import { managerRole } from '../../game/servers/settings.ts';
import type { SettingDefinition } from '../../game/settings/definitions.ts';
import { commandMention } from '../command-mention.ts';
import { diagnoseAnnouncements, isSound } from '../diagnosis.ts';
import type { Translate } from '../translate.ts';

/** About so many channels is said that something is wrong there; the doctor tells of all of them. */
const MOST_UNSOUND = 3;

type Note = (t: Translate, guildId: string) => string[];

/** What an admin should know beside the values: by the setting under which it is shown. */
const NOTES: Readonly<Record<string, Note>> = {
  [announcementChannel.name]: announcementNotes,
  [engagementEnabled.name]: engagementNotes,
  [managerRole.name]: managerNotes,
};

/** What there is to know beside the value of a setting. */
export function notesOn(t: Translate, guildId: string, { name }: SettingDefinition): string[] {
  return NOTES[name]?.(t, guildId) ?? [];
}

/** What is stuck. */
function announcementNotes(t: Translate, guildId: string): string[] {
  const channels = diagnoseAnnouncements(container, guildId);
  const waiting = channels.reduce((sum, channel) => sum + channel.waiting, 0);
  const doctor = commandMention(t, 'admin doctor');
  return [
    ...(waiting > 0 ? [t('config:announcements.waiting', { count: waiting })] : []),
    ...channels
      .filter((channel) => !isSound(channel))
      .slice(0, MOST_UNSOUND)
      .map(({ channelId }) =>
        t('config:announcements.unsound', { channel: channelMention(channelId), doctor }),
      ),
  ];
}

/** What counts as taking part, with what the operator has configured. */
function engagementNotes(t: Translate, guildId: string): string[] {
  const { world, game } = container;
  const { enabled, weights, pointsPerMinute, xpPerPoint } = game.engagement.rules(world.reader, guildId);
  if (!enabled) return [];
  return [
    t('config:engagement.points', { ...weights, pointsPerMinute }),
    t('config:engagement.worth', { xpPerPoint }),
    t('config:engagement.never'),
  ];
}

/** Discord decides by its own rules whom it shows a command to. */
function managerNotes(t: Translate, guildId: string): string[] {
  const { world, game } = container;
  const roleId = game.settings.get(world.reader, guildId, managerRole);
  return roleId === null ? [] : [t('config:managers.shown', { role: roleMention(roleId) })];
}
