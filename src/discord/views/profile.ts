import { EmbedBuilder } from 'discord.js';
import type { AchievementProgress } from '../../game/achievements/achievements.ts';
import type { LevelProgress } from '../../game/progression/levels.ts';
import { relativeTime } from '../refusal-text.ts';
import type { Translate } from '../translate.ts';

const BAR_LENGTH = 12;

/** How far somebody has come. */
export function profileView(
  t: Translate,
  who: { readonly name: string; readonly avatarUrl: string },
  progress: LevelProgress & { readonly xp: number },
  achievements: readonly AchievementProgress[],
  atWork: number,
) {
  const embed = new EmbedBuilder()
    .setAuthor({ name: who.name, iconURL: who.avatarUrl })
    .setTitle(t('profile:level', { level: progress.level }))
    .setDescription(
      [
        bar(progress.intoLevel, progress.toNextLevel),
        t('profile:xp', { into: progress.intoLevel, needed: progress.toNextLevel, total: progress.xp }),
        t('profile:atWork', { count: atWork }),
      ].join('\n'),
    );
  for (const { achievement, value, unlockedAt } of achievements) {
    const name = `${achievement.emoji} ${t(`achievements:${achievement.id}.name`)}`;
    const done = unlockedAt !== null;
    embed.addFields({
      name,
      value: [
        t(`achievements:${achievement.id}.description`, { count: achievement.goal }),
        done
          ? t('profile:unlocked', { when: relativeTime(unlockedAt) })
          : `${bar(value, achievement.goal)} ${t('profile:progress', { value: Math.min(value, achievement.goal), goal: achievement.goal })}`,
      ].join('\n'),
    });
  }
  return { embeds: [embed] };
}

function bar(value: number, goal: number): string {
  const filled = Math.min(BAR_LENGTH, Math.floor((value / goal) * BAR_LENGTH));
  return '▰'.repeat(filled) + '▱'.repeat(BAR_LENGTH - filled);
}
