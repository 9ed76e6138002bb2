import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import { holderOf } from './actor.ts';
import { translatorOf } from './translate.ts';
import { type AchievementFilter, achievementsView } from './views/achievements.ts';

/** A page of somebody's achievements as they stand now. */
export function showAchievements(
  interaction: BaseInteraction,
  userId: string,
  filter: AchievementFilter,
  page: number,
) {
  const { world, game } = container;
  const reader = holderOf(interaction);
  game.dueWork.settle(world, reader);
  const progress = game.achievements.progress(world.reader, { ...reader, userId });
  return achievementsView(translatorOf(interaction), {
    readerId: reader.userId,
    userId,
    progress,
    filter,
    page,
  });
}
