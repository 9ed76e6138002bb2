import { recipeInputs } from '../src/game/content/catalog.ts';
import type { Random } from '../src/world/random.ts';
import { Ambition, mostOf, salvageOf, tripFor } from './ambition.ts';
import { DAY, HOUR, MINUTE } from './clock.ts';
import { type Action, type Mind, openPlaces, pick, type View } from './mind.ts';

/** A way to play, and when. */
export interface Strategy {
  readonly description: string;
  /** How long a visit lasts; 0: a look around, and away again. */
  readonly visit: number;
  /**
   * When the player comes again, after a visit that began at `now`; undefined: never.
   *
   * @param age how long they have been playing
   */
  next(now: number, age: number, random: Random): number | undefined;
  mind(): Mind;
  /** How many messages they write on a day in the chat. */
  readonly messagesPerDay: number;
}

/** Every way to play that there is. */
export const STRATEGIES = {
  casual: {
    description: 'three visits of ten minutes a day',
    visit: 10 * MINUTE,
    next: visitsADay([8, 13, 20]),
    mind: () => new Ambition({ salvages: true }),
    messagesPerDay: 5,
  },
  keen: {
    description: 'online ten hours a day, looks every twenty minutes',
    visit: 0,
    next: (now) => {
      const next = now + 20 * MINUTE;
      const hour = (next % DAY) / HOUR;
      return hour >= 10 && hour <= 20 ? next : nextAt(next, 10);
    },
    mind: () => new Ambition({ salvages: true }),
    messagesPerDay: 15,
  },
  crafter: {
    description: 'four visits of a quarter of an hour, always at the anvil',
    visit: 15 * MINUTE,
    next: visitsADay([7, 12, 17, 21]),
    mind: () => new Ambition({ salvages: false }),
    messagesPerDay: 5,
  },
  gatherer: {
    description: 'six short visits, mostly to set out again',
    visit: 2 * MINUTE,
    next: visitsADay([7, 10, 13, 16, 19, 22]),
    mind: () => ({ decide: gather }),
    messagesPerDay: 3,
  },
  giver: {
    description: 'as the casual one, and gives away what they make',
    visit: 10 * MINUTE,
    next: visitsADay([9, 14, 21]),
    mind: () => alternating(new Ambition({ salvages: false }), giveAway, 0.25),
    messagesPerDay: 10,
  },
  hoarder: {
    description: 'two visits a day; gathers, refines a little, keeps everything',
    visit: 10 * MINUTE,
    next: visitsADay([12, 20]),
    mind: () => ({ decide: hoard }),
    messagesPerDay: 2,
  },
  chatter: {
    description: 'is here to talk; takes the daily gift and crafts when it comes to mind',
    visit: 5 * MINUTE,
    next: visitsADay([18]),
    mind: () => new Ambition({ salvages: false }),
    messagesPerDay: 60,
  },
  newcomer: {
    description: 'tries it for a day or two and leaves',
    visit: 15 * MINUTE,
    next: (now, age, random) => (age > 2 * DAY || random.chance(0.2) ? undefined : now + 5 * HOUR),
    mind: () => new Ambition({ salvages: true }),
    messagesPerDay: 2,
  },
  confused: {
    description: 'tries what cannot be done, as often as what can',
    visit: 10 * MINUTE,
    next: visitsADay([11, 19]),
    mind: () => alternating(new Ambition({ salvages: true }), confusion, 0.5),
    messagesPerDay: 5,
  },
} as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof STRATEGIES;

/** How many of a hundred players play in which way. */
export const MIX: Readonly<Record<StrategyName, number>> = {
  casual: 30,
  keen: 8,
  crafter: 10,
  gatherer: 10,
  giver: 7,
  hoarder: 8,
  chatter: 10,
  newcomer: 12,
  confused: 5,
};

/** Comes at these hours (UTC), give or take half an hour, and misses one in ten. */
function visitsADay(hours: readonly number[]): Strategy['next'] {
  return (now, _age, random) => {
    const candidates = [0, 1, 2].flatMap((day) =>
      hours.map((hour) => now - (now % DAY) + day * DAY + hour * HOUR),
    );
    // Half an hour more than the jitter, or one visit could be taken for two.
    const ahead = candidates.filter((moment) => moment > now + HOUR);
    const moment = ahead.find(() => !random.chance(0.1)) ?? now + DAY;
    return moment + random.integer(-30, 30) * MINUTE;
  };
}

function nextAt(moment: number, hour: number): number {
  const today = moment - (moment % DAY) + hour * HOUR;
  return today > moment ? today : today + DAY;
}

function alternating(
  usual: Mind,
  other: (view: View, random: Random) => Action | undefined,
  share: number,
): Mind {
  return {
    decide: (view, random) =>
      (random.chance(share) ? other(view, random) : undefined) ?? usual.decide(view, random),
  };
}

function gather(view: View, random: Random): Action | undefined {
  if (view.giftThere) return { kind: 'daily' };
  if (!view.underWay) return tripFor(view, undefined, random);
  return view.room > 0 && random.chance(0.3) ? anyCraft(view, random, ['refined', 'finished']) : undefined;
}

function hoard(view: View, random: Random): Action | undefined {
  if (view.giftThere) return { kind: 'daily' };
  if (!view.underWay) return tripFor(view, undefined, random);
  return view.room > 0 && random.chance(0.5) ? anyCraft(view, random, ['refined']) : undefined;
}

function anyCraft(view: View, random: Random, categories: readonly string[]): Action | undefined {
  const possible = [...view.catalog.recipes.values()].filter(
    (recipe) =>
      recipe.level <= view.level &&
      categories.includes(view.catalog.item(recipe.makes).category) &&
      mostOf(view, recipeInputs(recipe)) > 0,
  );
  const recipe = pick(possible, random);
  if (!recipe) return undefined;
  return { kind: 'craft', recipeId: recipe.id, quantity: Math.min(4, mostOf(view, recipeInputs(recipe))) };
}

function giveAway({ catalog, holdings, others }: View, random: Random): Action | undefined {
  const to = pick(others, random);
  const [itemId, quantity] = pick(
    [...holdings].filter(([id, amount]) => amount > 2 || catalog.item(id).category === 'finished'),
    random,
  ) ?? [undefined, 0];
  if (to === undefined || itemId === undefined) return undefined;
  return { kind: 'give', to, itemId, quantity: random.integer(1, Math.max(1, Math.floor(quantity / 2))) };
}

/** What a person might try who hasn't read anything. */
function confusion(view: View, random: Random): Action | undefined {
  const recipes = [...view.catalog.recipes.keys()];
  const places = [...view.catalog.places.keys()];
  const items = [...view.catalog.items.keys()];
  return pick<Action>(
    [
      { kind: 'craft', recipeId: 'philosophers_stone', quantity: 1 },
      { kind: 'craft', recipeId: pick(recipes, random) ?? '', quantity: random.integer(-1, 30) },
      { kind: 'gather', placeId: pick(places, random) ?? '', supplies: random.chance(0.5) },
      { kind: 'gather', placeId: openPlaces(view)[0]?.id ?? '', supplies: true },
      { kind: 'salvage', itemId: pick(items, random) ?? '', quantity: random.integer(1, 5) },
      {
        kind: 'give',
        to: pick(view.others, random) ?? '',
        itemId: pick(items, random) ?? '',
        quantity: random.integer(1, 9),
      },
      { kind: 'daily' },
      { kind: 'cancel' },
      { kind: 'turnBack' },
      salvageOf(view, random) ?? { kind: 'chat' },
    ],
    random,
  );
}
