import type { APIEmbed } from 'discord.js';
import type { AchievementProgress } from '../../game/achievements/achievements.ts';
import { ACHIEVEMENT_TIERS, type Achievement } from '../../game/content/schema.ts';
import { relativeTime } from '../in-words.ts';
import { pageButtons, pageOf } from '../paging.ts';
import { personName } from '../person.ts';
import { progressBar } from '../progress-bar.ts';
import type { Translate } from '../translate.ts';

/** Which achievements are listed. */
export const ACHIEVEMENT_FILTERS = ['all', 'earned', 'open'] as const;

export type AchievementFilter = (typeof ACHIEVEMENT_FILTERS)[number];

/** How many fit on the screen of a phone, three lines each. */
const PAGE_SIZE = 6;

const COLOUR = 0xeab308;

export interface AchievementsLook {
  /** Who turns the pages. */
  readonly readerId: string;
  /** Whose achievements these are. */
  readonly userId: string;
  readonly progress: readonly AchievementProgress[];
  readonly filter: AchievementFilter;
  /** The first is 0. */
  readonly page: number;
}

/** A page of somebody's achievements: what is nearly done first, what is earned last. */
export function achievementsView(t: Translate, look: AchievementsLook) {
  const { readerId, userId, progress, filter } = look;
  const page = pageOf(listAchievements(progress, filter), look.page, PAGE_SIZE);
  const lines = page.entries.map((each) => achievementLines(t, each));
  const embed: APIEmbed = {
    color: COLOUR,
    title: t('progress:achievements.title'),
    description: [
      summary(t, look),
      ...(lines.length > 0 ? lines : [t(`progress:achievements.none.${filter}`)]),
    ].join('\n\n'),
  };
  return {
    embeds: [embed],
    components: pageButtons(t, page, 'achievementsPage', readerId, userId, filter),
    allowedMentions: { parse: [] },
  };
}

/** How an achievement is called, and what it takes. */
export function achievementText(t: Translate, { id, emoji, tier, goal }: Achievement) {
  const name = t(`achievements:${id}.name`);
  return {
    heading: t('progress:achievements.heading', { emoji, name, tier: t(`progress:tier.${tier}`) }),
    description: t(`achievements:${id}.description`, { count: goal }),
  };
}

function summary(t: Translate, { readerId, userId, progress }: AchievementsLook): string {
  const facts = {
    player: personName(t, userId),
    earned: progress.filter(({ unlockedAt }) => unlockedAt !== null).length,
    total: progress.length,
  };
  return t(readerId === userId ? 'progress:achievements.yours' : 'progress:achievements.theirs', facts);
}

function achievementLines(t: Translate, { achievement, value, unlockedAt }: AchievementProgress): string {
  const { heading, description } = achievementText(t, achievement);
  return [heading, description, stateLine(t, achievement.goal, value, unlockedAt)].join('\n');
}

function stateLine(t: Translate, goal: number, value: number, unlockedAt: number | null): string {
  if (unlockedAt !== null) return t('progress:achievements.earned', { when: relativeTime(unlockedAt) });
  const reached = Math.min(Math.floor(value), goal);
  return `${progressBar(reached, goal)} ${t('progress:achievements.progress', { value: reached, goal })}`;
}

/** What is asked for, in the order in which it is shown. */
export function listAchievements(
  progress: readonly AchievementProgress[],
  filter: AchievementFilter,
): AchievementProgress[] {
  const open = progress.filter(({ unlockedAt }) => unlockedAt === null).sort(byNearness);
  const earned = progress.filter(({ unlockedAt }) => unlockedAt !== null).sort(byMoment);
  if (filter === 'open') return open;
  return filter === 'earned' ? earned : [...open, ...earned];
}

type Order = (one: AchievementProgress, other: AchievementProgress) => number;

const share = ({ value, achievement }: AchievementProgress) => value / achievement.goal;

const tierOf = ({ achievement }: AchievementProgress) => ACHIEVEMENT_TIERS.indexOf(achievement.tier);

const byNearness: Order = (one, other) => share(other) - share(one) || tierOf(one) - tierOf(other);

/** The latest first. */
const byMoment: Order = (one, other) =>
  (other.unlockedAt ?? 0) - (one.unlockedAt ?? 0) || tierOf(other) - tierOf(one);
