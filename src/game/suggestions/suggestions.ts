import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { RARITIES } from '../../events/rarity.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Recipe } from '../content/schema.ts';
import type { Game } from '../game.ts';

/** How close to a level or an achievement somebody has to be to be told. */
const NEARLY = 0.75;

/** How many suggestions there are at most and at least. */
const MOST = 4;
const LEAST = 2;

/** The world as one player finds it. */
export interface Situation {
  readonly game: Game;
  readonly db: BetterSQLite3Database;
  readonly holder: Holder;
  /** Milliseconds UTC. */
  readonly now: number;
}

/** Something that a player could do next. The words for it are in `help.json`, under its kind. */
export type Suggestion =
  /** `count` is the streak that goes on by it; 0 where one begins. */
  | { readonly kind: 'gift'; readonly count: number }
  | { readonly kind: 'setOut'; readonly placeId: string }
  | { readonly kind: 'craft' | 'queue'; readonly recipeId: string }
  | { readonly kind: 'level'; readonly level: number; readonly xp: number; readonly count: number }
  | { readonly kind: 'achievement'; readonly achievementId: string; readonly count: number }
  | { readonly kind: 'browse' }
  | { readonly kind: 'compare' };

/** Where suggestions come from, the most useful first; each looks at one side of the game. */
const SOURCES: readonly ((situation: Situation) => Suggestion | undefined)[] = [
  suggestGift,
  suggestTrip,
  suggestCraft,
  suggestAchievement,
  suggestLevel,
];

const FILLERS: readonly Suggestion[] = [{ kind: 'browse' }, { kind: 'compare' }];

/** What somebody could do next, the most useful first. */
export function suggest(situation: Situation): Suggestion[] {
  const suggestions = SOURCES.flatMap((source) => source(situation) ?? []).slice(0, MOST);
  return [...suggestions, ...FILLERS.slice(0, Math.max(0, LEAST - suggestions.length))];
}

function suggestGift({ game, db, holder, now }: Situation): Suggestion | undefined {
  if (!game.daily.isThere(db, holder, now)) return undefined;
  return { kind: 'gift', count: game.daily.currentStreak(db, holder, now) };
}

function suggestTrip({ game, db, holder, now }: Situation): Suggestion | undefined {
  if (game.gathering.underWay(db, holder)) return undefined;
  const place = game.gathering.choices(db, holder, now).findLast(({ levelReached }) => levelReached)?.place;
  return place && { kind: 'setOut', placeId: place.id };
}

function suggestCraft(situation: Situation): Suggestion | undefined {
  const { game, db, holder, now } = situation;
  const { slots, queueLength, active, waiting } = game.crafting.workbench(db, holder, now);
  const recipe = mostValuable(game, makeable(situation));
  if (!recipe) return undefined;
  if (active.length < slots && waiting.length === 0) return { kind: 'craft', recipeId: recipe.id };
  return waiting.length === 0 && queueLength > 0 ? { kind: 'queue', recipeId: recipe.id } : undefined;
}

function suggestAchievement({ game, db, holder }: Situation): Suggestion | undefined {
  const [nearest] = game.achievements
    .progress(db, holder)
    .filter(({ achievement, value, unlockedAt }) => {
      const { goal } = achievement;
      return unlockedAt === null && value < goal && value / goal >= NEARLY;
    })
    .sort((one, other) => other.value / other.achievement.goal - one.value / one.achievement.goal);
  if (!nearest) return undefined;
  const { achievement, value } = nearest;
  return { kind: 'achievement', achievementId: achievement.id, count: achievement.goal - value };
}

function suggestLevel({ game, db, holder }: Situation): Suggestion | undefined {
  const { level, intoLevel, toNextLevel } = game.progression.progress(db, holder);
  if (intoLevel / toNextLevel < NEARLY) return undefined;
  const { recipes, places } = game.catalog.current.unlocks(level, level + 1);
  return {
    kind: 'level',
    level: level + 1,
    xp: toNextLevel - intoLevel,
    count: recipes.length + places.length,
  };
}

function makeable({ game, db, holder, now }: Situation): Recipe[] {
  return game.crafting
    .choices(db, holder, now)
    .filter(({ missing, levelReached }) => levelReached && missing.length === 0)
    .map(({ recipe }) => recipe);
}

/** The rarest, and of those the one that takes longest. */
function mostValuable(game: Game, recipes: readonly Recipe[]): Recipe | undefined {
  const rank = ({ makes }: Recipe) => RARITIES.indexOf(game.catalog.current.item(makes).rarity);
  return recipes.toSorted((one, other) => rank(other) - rank(one) || other.time - one.time)[0];
}
