import { type APIEmbed, type APIEmbedField, TimestampStyles, time } from 'discord.js';
import type { AchievementProgress } from '../../game/achievements/achievements.ts';
import type { Workbench } from '../../game/crafting/workbench.ts';
import type { Trip } from '../../game/gathering/trips.table.ts';
import type { Figure } from '../../game/measures/figures.ts';
import type { LevelProgress } from '../../game/progression/levels.ts';
import { commandMention } from '../command-mention.ts';
import { relativeTime } from '../in-words.ts';
import { personName } from '../person.ts';
import { progressBar } from '../progress-bar.ts';
import { itemName, placeName, type Translate } from '../translate.ts';
import { listAchievements } from './achievements.ts';

/** How many of the crafts at work, and of the latest achievements, are named. */
const MOST_NAMED = 3;

const COLOUR = 0xf59e0b;

/** Discord's limit for the name of an embed's author ("Embed Limits") is 256; a display name has 32 at most. */
export interface Portrait {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
}

export interface Profile extends Portrait {
  readonly progress: LevelProgress & { readonly xp: number };
  /** Their rank by XP this week; undefined where they have none or are not listed. */
  readonly rank: number | undefined;
  readonly workbench: Workbench;
  readonly trip: Trip | undefined;
  readonly figures: Readonly<Record<Figure, number>>;
  readonly achievements: readonly AchievementProgress[];
  /** How many days in a row they took the gift of the day, and the most that ever was; 0 where it is over. */
  readonly streak: { readonly days: number; readonly longest: number };
  /** Since when they play, in milliseconds UTC. */
  readonly since: number;
}

/** How far somebody has come. */
export function profileView(t: Translate, profile: Profile) {
  const { progress, rank } = profile;
  const { level, intoLevel, toNextLevel, xp } = progress;
  const embed: APIEmbed = {
    ...header(profile),
    title: t('profile:level', { level }),
    description: [
      progressBar(intoLevel, toNextLevel),
      t('profile:xp', { into: intoLevel, needed: toNextLevel, total: xp }),
      ...(rank === undefined ? [] : [t('profile:rank', { rank })]),
    ].join('\n'),
    fields: [workField(t, profile), figuresField(t, profile), achievementsField(t, profile)],
  };
  return { embeds: [embed], allowedMentions: { parse: [] } };
}

/** What is said of somebody who has never played here. */
export function strangerView(t: Translate, portrait: Portrait, isReader: boolean) {
  const description = isReader
    ? t('profile:stranger.you', { gather: commandMention(t, 'gather'), craft: commandMention(t, 'craft') })
    : t('profile:stranger.other', { player: personName(t, portrait.userId) });
  return { embeds: [{ ...header(portrait), description }], allowedMentions: { parse: [] } };
}

function header({ name, avatarUrl }: Portrait): Pick<APIEmbed, 'color' | 'author'> {
  return { color: COLOUR, author: { name, icon_url: avatarUrl } };
}

function workField(t: Translate, { workbench, trip }: Profile): APIEmbedField {
  const { slots, active, waiting } = workbench;
  const crafts = active.slice(0, MOST_NAMED).map(({ quantity, promise, completesAt }) =>
    t('profile:work.craft', {
      count: quantity,
      item: itemName(t, promise.output.itemId),
      when: relativeTime(completesAt),
    }),
  );
  const unnamed = active.length - crafts.length;
  const lines = [
    t('profile:work.slots', { busy: active.length, count: slots }),
    ...crafts,
    ...(unnamed > 0 ? [t('profile:work.more', { count: unnamed })] : []),
    ...(waiting.length > 0 ? [t('profile:work.waiting', { count: waiting.length })] : []),
    trip
      ? t('profile:work.trip', { place: placeName(t, trip.placeId), when: relativeTime(trip.returnsAt) })
      : t('profile:work.home'),
  ];
  return { name: t('profile:work.title'), value: lines.join('\n') };
}

function figuresField(t: Translate, { figures, streak, since }: Profile): APIEmbedField {
  const { crafted, masterworks, gathered } = figures;
  const { days, longest } = streak;
  const lines = [
    t('profile:figures.crafted', { count: crafted }),
    ...(masterworks > 0 ? [t('profile:figures.masterworks', { count: masterworks })] : []),
    t('profile:figures.gathered', { count: gathered }),
    ...(days > 0 ? [t('profile:figures.streak', { count: days, longest })] : []),
    t('profile:figures.since', { when: time(Math.floor(since / 1_000), TimestampStyles.LongDate) }),
  ];
  return { name: t('profile:figures.title'), value: lines.join('\n') };
}

function achievementsField(t: Translate, { achievements }: Profile): APIEmbedField {
  const earned = listAchievements(achievements, 'earned');
  const latest = earned.slice(0, MOST_NAMED).map(({ achievement: { id, emoji }, unlockedAt }) =>
    t('profile:achievements.latest', {
      emoji,
      name: t(`achievements:${id}.name`),
      when: relativeTime(unlockedAt ?? 0),
    }),
  );
  const count = t('profile:achievements.count', { earned: earned.length, total: achievements.length });
  return { name: t('profile:achievements.title'), value: [count, ...latest].join('\n') };
}
