import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { AchievementProgress } from '../../game/achievements/achievements.ts';
import type { LevelProgress } from '../../game/progression/levels.ts';
import { relativeTime } from '../refusal-text.ts';
import type { Translate } from '../translate.ts';

const BAR_LENGTH = 12;

/** Discord's limit of fields in an embed ("Embed Limits"). */
const MOST_FIELDS = 25;

export interface Profile {
  readonly name: string;
  readonly avatarUrl: string;
  readonly progress: LevelProgress & { readonly xp: number };
  readonly achievements: readonly AchievementProgress[];
  /** How many crafts are at work. */
  readonly atWork: number;
}

/** How far somebody has come. */
export function profileView(
  t: Translate,
  { name, avatarUrl, progress, achievements, atWork }: Profile,
): { embeds: APIEmbed[] } {
  const embed: APIEmbed = {
    author: { name, icon_url: avatarUrl },
    title: t('profile:level', { level: progress.level }),
    description: [
      bar(progress.intoLevel, progress.toNextLevel),
      t('profile:xp', { into: progress.intoLevel, needed: progress.toNextLevel, total: progress.xp }),
      t('profile:atWork', { count: atWork }),
    ].join('\n'),
    fields: achievements.slice(0, MOST_FIELDS).map((achievement) => achievementField(t, achievement)),
  };
  return { embeds: [embed] };
}

function achievementField(
  t: Translate,
  { achievement, value, unlockedAt }: AchievementProgress,
): APIEmbedField {
  const { id, emoji, goal } = achievement;
  const reached = Math.min(value, goal);
  const state =
    unlockedAt === null
      ? `${bar(reached, goal)} ${t('profile:progress', { value: reached, goal })}`
      : t('profile:unlocked', { when: relativeTime(unlockedAt) });
  return {
    name: `${emoji} ${t(`achievements:${id}.name`)}`,
    value: `${t(`achievements:${id}.description`, { count: goal })}\n${state}`,
  };
}

function bar(value: number, goal: number): string {
  const filled = Math.min(BAR_LENGTH, Math.floor((value / goal) * BAR_LENGTH));
  return '▰'.repeat(filled) + '▱'.repeat(BAR_LENGTH - filled);
}
