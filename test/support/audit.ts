import { and, asc, eq, gt, gte } from 'drizzle-orm';
import { expect } from 'vitest';
import type { DomainEventName, DomainEvents } from '../../src/events/define-event.ts';
import { upgradeEvent } from '../../src/events/define-event.ts';
import { unlockedAchievements } from '../../src/game/achievements/achievements.table.ts';
import {
  type Announcement,
  type AnnouncementSubject,
  announcements,
} from '../../src/game/announcements/announcements.table.ts';
import { KEPT_FOR } from '../../src/game/announcements/channel-messages.ts';
import { type ItemAmount, recipeInputs, toAmounts } from '../../src/game/content/catalog.ts';
import type { Achievement, Recipe } from '../../src/game/content/schema.ts';
import { crafts } from '../../src/game/crafting/crafts.table.ts';
import { engagementTallies, REST } from '../../src/game/engagement/engagement-tallies.table.ts';
import { beginGame } from '../../src/game/game.ts';
import { trips } from '../../src/game/gathering/trips.table.ts';
import { scores } from '../../src/game/leaderboards/scores.table.ts';
import { measureCounts, measureFacts } from '../../src/game/measures/measures.table.ts';
import { serverTotals } from '../../src/game/servers/server-totals.table.ts';
import { events } from '../../src/world/events.table.ts';
import { ledger } from '../../src/world/ledger.table.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { createGameBench } from './game.ts';
import { ALMS, OTHER_GUILD, type Town } from './town.ts';

/** Everything that changes what somebody has. */
export const CHANGES_THE_LEDGER: DomainEventName[] = [
  'playerJoined',
  'craftStarted',
  'craftQueued',
  'craftCancelled',
  'itemCrafted',
  'gatheringStarted',
  'itemsGathered',
  'dailyClaimed',
  'itemSalvaged',
  'itemGiven',
  'engagementRewarded',
  'xpGranted',
  'balanceAdjusted',
];

/** An event as the log has it, in the shape that its definition says. */
export type KnownEvent = DomainEvents[DomainEventName] & { readonly sequence: number };

type EventNamed<Name extends DomainEventName> = DomainEvents[Name] & { readonly sequence: number };

/** The XP of one craft (design, "Progression"). Not taken from the code, which is what is examined here. */
const XP_OF_RARITY = { common: 10, uncommon: 25, rare: 50, epic: 100, legendary: 200 } as const;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How much the XP of points may differ from what they come to, since both are rounded. */
const ROUNDING = 0.005;

/** What changed for whom, as `guild/user/asset`. */
type Changes = Map<string, number>;

/** An order of the past. */
interface KnownCraft {
  readonly recipe: Recipe;
  readonly quantity: number;
  readonly inputs: readonly ItemAmount[];
  readonly orderedAt: number;
  /** How long it was to take, and what it was to bring, on the terms of then. */
  readonly duration: number;
  readonly xp: number;
  startedAt: number | null;
  completesAt: number | null;
  end: 'completed' | 'cancelled' | null;
}

/** A trip of the past. */
interface KnownTrip {
  readonly placeId: string;
  readonly returnsAt: number;
  /** What it was to bring on the terms of when it began. */
  readonly xp: number;
  readonly bonus: number;
  end: 'completed' | 'cancelled' | null;
}

/** What is known of somebody while their history is told again. */
interface Life {
  xp: number;
  toldLevel: number;
  /** In the order in which they were ordered. */
  readonly waiting: string[];
  readonly active: Map<string, number>;
  readonly crafts: Map<string, KnownCraft>;
  readonly trips: Map<string, KnownTrip>;
  /** When a slot became free, the latest last. */
  readonly freed: number[];
  /** When something ended by itself last. */
  lastDue: number;
  /** What was said until then has been paid. */
  chatPaidUntil: number;
  /** When something was ordered. */
  readonly ordered: number[];
  lastDay: string | null;
  streak: number;
  readonly unlocked: Set<string>;
}

/** Every event, in the order in which it was written. @throws when one cannot be read by its definition */
export function readLog({ bench }: Town): KnownEvent[] {
  const rows = bench.world.reader.select().from(events).orderBy(asc(events.sequence)).all();
  // The definition has just made sure of the shape.
  return rows.map((row) => ({ ...upgradeEvent(row), sequence: row.sequence }) as KnownEvent);
}

/** What has to be true at any moment. */
export function expectSound({ bench, isClumsy }: Town): void {
  const { world, game } = bench;
  const { reader, outbox } = world;
  expect(verifyLedger(reader)).toEqual([]);
  for (const craft of reader.select().from(crafts).where(eq(crafts.state, 'active')).all()) {
    expect(outbox.find(`completeCrafting:${craft.id}`)?.runAt).toBe(craft.completesAt);
  }
  for (const trip of reader.select().from(trips).where(eq(trips.state, 'active')).all()) {
    expect(outbox.find(`finishGathering:${trip.id}`)?.runAt).toBe(trip.returnsAt);
  }
  const holders = reader
    .selectDistinct({ guildId: crafts.guildId, userId: crafts.userId })
    .from(crafts)
    .all();
  for (const holder of holders) {
    const { slots, queueLength, active, waiting } = game.crafting.workbench(
      reader,
      holder,
      bench.clock.now(),
    );
    expect(active.length).toBeLessThanOrEqual(slots);
    expect(waiting.length).toBeLessThanOrEqual(queueLength);
    // Who has just reached a level may have a free slot until the listener that failed is tried again.
    if (!isClumsy && waiting.length > 0)
      expect(active.length, 'No slot is idle while something waits.').toBe(slots);
  }
  const tallied = reader.selectDistinct({ guildId: engagementTallies.guildId }).from(engagementTallies);
  for (const { guildId } of tallied.where(openTallies).all()) {
    expect(outbox.find(`processEngagement:${guildId}`), 'Tallies are waited for.').toBeDefined();
  }
  for (const { outletId } of reader
    .select()
    .from(announcements)
    .where(eq(announcements.state, 'pending'))
    .all()) {
    expect(outbox.find(`discordNotify:${outletId}`), 'News is waited for.').toBeDefined();
  }
}

/** Not the rest of points that were too few for a whole XP. */
const openTallies = gt(engagementTallies.minute, REST);

/** What has to be true of the whole history when everything has come to its end. */
export function expectAllExplained(town: Town): void {
  const log = readLog(town);
  const told = tell(town, log);
  expect(ledgerByEvent(town)).toEqual(told.changes);
  expectXpExplained(log);
  expectLevels(town, told.lives);
  expectEnded(town);
  expectTimes(town, told.lives);
  expectTold(town, log);
  expectMilestones(town, log);
  expectAnnounced(town, log);
  expectChatPaid(town, log);
}

/** Tells the history again from the events alone, and says what each may have changed. */
function tell(
  town: Town,
  log: readonly KnownEvent[],
): { readonly changes: Map<string, Changes>; readonly lives: Map<string, Life> } {
  const lives = new Map<string, Life>();
  const changes = new Map<string, Changes>();
  const terms = new KnownTerms();
  for (const event of log) {
    if (event.name === 'settingsChanged') terms.hear(event);
    if (event.userId === null) continue;
    const key = `${event.guildId}/${event.userId}`;
    const life = lives.get(key) ?? newLife();
    lives.set(key, life);
    const due = explain(town, event, life, terms);
    if (due.size > 0) changes.set(event.id, due);
  }
  return { changes, lives };
}

/** On which terms each server plays, as its admins have set them by some point of the history. */
class KnownTerms {
  readonly #values = new Map<string, KnownFactor>();

  hear({ guildId, data }: EventNamed<'settingsChanged'>): void {
    if (data.setting !== 'craftingSpeed' && data.setting !== 'xpFactor') return;
    this.#values.set(`${guildId}/${data.setting}`, data.after as KnownFactor);
  }

  /** How long something takes that is begun with an event. */
  duration({ guildId, occurredAt }: KnownEvent, usual: number): number {
    return Math.ceil(usual / this.#factor(`${guildId}/craftingSpeed`, occurredAt));
  }

  /** The XP of something that is promised or earned by an event: whole, half of one is one, and some where there is some. */
  xp({ guildId, occurredAt }: KnownEvent, usual: number): number {
    const xp = Math.floor(usual * this.#factor(`${guildId}/xpFactor`, occurredAt) + 0.5);
    return usual === 0 ? 0 : Math.max(1, xp);
  }

  /**
   * What points are worth of which the last minute ended with an event: 1 XP each, on usual terms. At the least and at the
   * most: a boost may have ended between the minutes that are paid together.
   *
   * @param since the first minute that can be among them, in milliseconds UTC
   */
  xpOfPoints(
    { guildId, occurredAt }: KnownEvent,
    points: number,
    since: number,
  ): { readonly least: number; readonly most: number } {
    const worth = [since, occurredAt - MINUTE].map((at) => points * this.#factor(`${guildId}/xpFactor`, at));
    return { least: Math.min(...worth), most: Math.max(...worth) };
  }

  #factor(key: string, at: number): number {
    const { base, boost } = this.#values.get(key) ?? { base: 1, boost: null };
    return boost !== null && at < boost.until ? boost.factor : base;
  }
}

interface KnownFactor {
  readonly base: number;
  readonly boost: { readonly factor: number; readonly until: number } | null;
}

function newLife(): Life {
  return {
    xp: 0,
    toldLevel: 1,
    waiting: [],
    active: new Map(),
    crafts: new Map(),
    trips: new Map(),
    freed: [],
    lastDue: 0,
    chatPaidUntil: 0,
    ordered: [],
    lastDay: null,
    streak: 0,
    unlocked: new Set(),
  };
}

/** What an event must have changed in the ledger, by the rules and by what happened before. */
function explain(town: Town, event: KnownEvent, life: Life, terms: KnownTerms): Changes {
  const { catalog } = town.bench.game;
  const nothing: Changes = new Map();
  switch (event.name) {
    case 'playerJoined':
      expect(event.data.starterItems).toEqual(catalog.current.starter);
      return changesOf(event, event.data.starterItems);
    case 'almsGiven':
      return changesOf(event, event.data.items);
    case 'xpGranted':
      life.xp += event.data.amount;
      return new Map([[`${event.guildId}/${event.userId}/xp`, event.data.amount]]);
    case 'balanceAdjusted':
      return explainAdjustment(event, life);
    case 'userLeveledUp':
      expect(event.data.from).toBe(life.toldLevel);
      expect(event.data.to).toBeGreaterThan(event.data.from);
      life.toldLevel = event.data.to;
      life.freed.push(event.occurredAt);
      return nothing;
    case 'craftQueued':
      expect(life.active.size).toBeGreaterThanOrEqual(town.isClumsy ? 1 : slotsOf(town, life));
      order(town, event, life, terms);
      return changesOf(event, negative(event.data.inputs));
    case 'craftStarted':
      return explainStart(town, event, life, terms);
    case 'craftCancelled':
      return explainCancel(event, life);
    case 'itemCrafted':
      return explainCrafted(town, event, life);
    case 'gatheringStarted':
      return explainDeparture(town, event, life, terms);
    case 'gatheringCancelled':
      endTrip(life, event.data.tripId, 'cancelled');
      return nothing;
    case 'itemsGathered':
      return explainReturn(town, event, life);
    case 'dailyClaimed':
      return explainGiftOfDay(town, event, life, terms);
    case 'itemSalvaged':
      return explainSalvage(town, event);
    case 'itemGiven': {
      const { to, itemId, quantity } = event.data;
      expect(to).not.toBe(event.userId);
      const taken = changesOf(event, [{ itemId, quantity: -quantity }]);
      return new Map([...taken, ...changesOf({ ...event, userId: to }, [{ itemId, quantity }])]);
    }
    case 'engagementRewarded': {
      const { items, points, xp } = event.data;
      // What a clumsy listener tallies late may be of any minute.
      const since = firstMinute(town, event, town.isClumsy ? 0 : life.chatPaidUntil);
      const { least, most } = terms.xpOfPoints(event, points, since);
      expect(xp, 'Points are paid at the rate of their minute.').toBeGreaterThan(least - ROUNDING);
      expect(xp, 'Points are paid at the rate of their minute.').toBeLessThan(most + ROUNDING);
      life.chatPaidUntil = event.occurredAt;
      expect(items.length).toBeLessThanOrEqual(1);
      for (const { itemId, quantity } of items) {
        expect(quantity).toBe(1);
        expect(Object.keys(catalog.current.engagement.finds)).toContain(itemId);
      }
      return changesOf(event, items);
    }
    case 'achievementUnlocked':
      expect(life.unlocked.has(event.data.achievementId), 'Nothing is earned twice.').toBe(false);
      life.unlocked.add(event.data.achievementId);
      return nothing;
    default:
      return nothing;
  }
}

/** The first minute in which somebody chatted at some time or later. */
function firstMinute({ chatter }: Town, { guildId, userId }: KnownEvent, time: number): number {
  const theirs = [...chatter.keys()].filter((key) => key.startsWith(`${guildId}/${userId}/`));
  return Math.min(...theirs.map((key) => Number(key.split('/').at(-1))).filter((minute) => minute >= time));
}

/** What an admin gave or took back. XP bring a level with them of which nobody is told. */
function explainAdjustment(
  { guildId, userId, occurredAt, data }: EventNamed<'balanceAdjusted'>,
  life: Life,
): Changes {
  const { asset, change, before, after } = data;
  expect(after).toBe(before + change);
  if (asset === 'xp') {
    expect(before).toBe(life.xp);
    life.xp = after;
    life.toldLevel = levelOf(after);
    life.freed.push(occurredAt);
  }
  return new Map([[`${guildId}/${userId}/${asset}`, change]]);
}

function explainStart(town: Town, event: EventNamed<'craftStarted'>, life: Life, terms: KnownTerms): Changes {
  const { craftId, fromQueue, inputs } = event.data;
  const [next] = life.waiting;
  if (fromQueue) {
    expect(craftId, 'What waits starts in the order in which it was ordered.').toBe(next);
    life.waiting.shift();
    expect(inputs).toEqual(knownCraft(life, craftId).inputs);
  } else {
    expect(next, 'Nothing overtakes what waits.').toBeUndefined();
    order(town, event, life, terms);
  }
  expect(life.active.size, 'There is a slot for it.').toBeLessThan(slotsOf(town, life));
  const craft = knownCraft(life, craftId);
  craft.startedAt = event.occurredAt;
  craft.completesAt = event.data.completesAt;
  expect(craft.completesAt - craft.startedAt).toBe(craft.duration);
  expectStartedInTime(town, event, life, craft);
  life.active.set(craftId, event.data.completesAt);
  return fromQueue ? new Map() : changesOf(event, negative(inputs));
}

/** What waits starts when a slot becomes free, which is when something ended, however late that was noticed. */
function expectStartedInTime(
  { isClumsy }: Town,
  event: EventNamed<'craftStarted'>,
  life: Life,
  { orderedAt }: KnownCraft,
): void {
  if (!event.data.fromQueue) {
    expect(event.occurredAt).toBe(orderedAt);
  } else if (isClumsy) {
    // A level that was noticed late frees a slot late, or as of then.
    expect([...life.freed, ...life.ordered]).toContain(event.occurredAt);
  } else {
    expect(event.occurredAt).toBe(Math.max(orderedAt, life.freed.at(-1) ?? Number.NaN));
  }
}

/** Something was ordered: what it takes is what the recipe says. */
function order(
  town: Town,
  event: EventNamed<'craftQueued'> | EventNamed<'craftStarted'>,
  life: Life,
  terms: KnownTerms,
): void {
  const { craftId, recipeId, quantity, inputs } = event.data;
  const recipe = town.bench.game.catalog.current.recipes.get(recipeId);
  if (!recipe) throw new Error(`There is no recipe ${recipeId}.`);
  expect(inputs).toEqual(
    recipeInputs(recipe).map((each) => ({ ...each, quantity: each.quantity * quantity })),
  );
  expect(quantity).toBeLessThanOrEqual(25);
  expect(levelOf(life.xp)).toBeGreaterThanOrEqual(recipe.level);
  expect(life.crafts.has(craftId), 'An order is placed once.').toBe(false);
  const orderedAt = event.occurredAt;
  const none = { startedAt: null, completesAt: null, end: null };
  const { rarity } = town.bench.game.catalog.current.item(recipe.makes);
  const duration = terms.duration(event, recipe.time * quantity);
  const xp = terms.xp(event, XP_OF_RARITY[rarity] * quantity);
  life.crafts.set(craftId, { recipe, quantity, inputs, orderedAt, duration, xp, ...none });
  life.ordered.push(orderedAt);
  if (event.name === 'craftQueued') life.waiting.push(craftId);
}

function explainCancel(event: EventNamed<'craftCancelled'>, life: Life): Changes {
  const { craftId, refund } = event.data;
  const craft = knownCraft(life, craftId);
  endCraft(life, craftId, 'cancelled');
  const { startedAt, completesAt, inputs } = craft;
  const isAtWork = startedAt !== null && completesAt !== null;
  if (isAtWork) {
    life.freed.push(event.occurredAt);
    expect(event.occurredAt).toBeLessThan(completesAt);
  }
  const left = isAtWork ? (completesAt - event.occurredAt) / (completesAt - startedAt) : 1;
  expect(left).toBeLessThanOrEqual(1);
  for (const { itemId, quantity } of inputs) {
    const back = refund.find((each) => each.itemId === itemId)?.quantity ?? 0;
    expect(back).toBeLessThanOrEqual(quantity);
    expect(Math.abs(back - quantity * left), 'The refund is what is left.').toBeLessThanOrEqual(0.5);
  }
  expect(inputs.map(({ itemId }) => itemId)).toEqual(
    expect.arrayContaining(refund.map(({ itemId }) => itemId)),
  );
  return changesOf(event, refund);
}

function explainCrafted(town: Town, event: EventNamed<'itemCrafted'>, life: Life): Changes {
  const { craftId, itemId, crafted, masterworks, quantity, xp, rarity } = event.data;
  const craft = knownCraft(life, craftId);
  endCraft(life, craftId, 'completed');
  life.freed.push(event.occurredAt);
  expect(event.occurredAt, 'A craft ends at its due time.').toBe(craft.completesAt);
  expectInOrder(town, event, life);
  expect(itemId).toBe(craft.recipe.makes);
  expect(rarity).toBe(town.bench.game.catalog.current.item(itemId).rarity);
  expect(crafted).toBe(craft.quantity);
  expect(masterworks).toBeLessThanOrEqual(crafted);
  expect(quantity).toBe((crafted + masterworks) * craft.recipe.yields);
  expect(xp, 'What was promised is paid.').toBe(craft.xp);
  return changesOf(event, [{ itemId, quantity: (crafted + masterworks) * craft.recipe.yields }]);
}

/** What is due ends in the order of its time, also when all of it is late. */
function expectInOrder({ isClumsy }: Town, { occurredAt }: KnownEvent, life: Life): void {
  // A level that is noticed late starts, as of then, what may be over by now.
  if (!isClumsy) expect(occurredAt, 'What was due first ends first.').toBeGreaterThanOrEqual(life.lastDue);
  life.lastDue = occurredAt;
}

function explainDeparture(
  town: Town,
  event: EventNamed<'gatheringStarted'>,
  life: Life,
  terms: KnownTerms,
): Changes {
  const { tripId, placeId, returnsAt, supplies } = event.data;
  const { catalog } = town.bench.game;
  const place = catalog.current.places.get(placeId);
  if (!place) throw new Error(`There is no place ${placeId}.`);
  expect(levelOf(life.xp)).toBeGreaterThanOrEqual(place.level);
  expect(returnsAt - event.occurredAt).toBe(terms.duration(event, place.time));
  const isOut = [...life.trips.values()].some(({ end }) => end === null);
  expect(isOut, 'Nobody is in two places.').toBe(false);
  if (supplies.length > 0) expect(supplies).toEqual([{ itemId: place.supplies?.item, quantity: 1 }]);
  const fromLevel = catalog.current.perk('gatheringBonus', levelOf(life.xp)) / 100;
  const bonus = fromLevel + (supplies.length > 0 ? (place.supplies?.bonus ?? 0) : 0);
  life.trips.set(tripId, { placeId, returnsAt, xp: terms.xp(event, place.xp), bonus, end: null });
  return changesOf(event, negative(supplies));
}

function explainReturn(town: Town, event: EventNamed<'itemsGathered'>, life: Life): Changes {
  const { tripId, placeId, items, total, xp } = event.data;
  const trip = endTrip(life, tripId, 'completed');
  const place = town.bench.game.catalog.current.places.get(placeId);
  expect(placeId).toBe(trip.placeId);
  expect(event.occurredAt).toBe(trip.returnsAt);
  expectInOrder(town, event, life);
  expect(xp, 'What was promised is paid.').toBe(trip.xp);
  expect(total).toBe(sumOf(items));
  expect(new Set(items.map(({ itemId }) => itemId)).size).toBe(items.length);
  for (const { itemId, quantity } of items) {
    const find = place?.finds[itemId];
    if (!find) throw new Error(`${itemId} cannot be found in ${placeId}.`);
    expect(quantity).toBeGreaterThanOrEqual(Math.floor(find.least * (1 + trip.bonus)));
    expect(quantity).toBeLessThanOrEqual(Math.ceil(find.most * (1 + trip.bonus)));
  }
  const sure = Object.entries(place?.finds ?? {}).filter(([, { chance }]) => chance === 1);
  expect(items.map(({ itemId }) => itemId)).toEqual(expect.arrayContaining(sure.map(([itemId]) => itemId)));
  return changesOf(event, items);
}

function explainGiftOfDay(
  town: Town,
  event: EventNamed<'dailyClaimed'>,
  life: Life,
  terms: KnownTerms,
): Changes {
  const { day, streak, items, xp } = event.data;
  const { daily } = town.bench.game.catalog.current;
  expect(day).toBe(dayOf(event.occurredAt));
  expect(day, 'One gift a day.').not.toBe(life.lastDay);
  life.streak = life.lastDay === dayOf(event.occurredAt - DAY) ? life.streak + 1 : 1;
  life.lastDay = day;
  expect(streak).toBe(life.streak);
  const gift = daily[(streak - 1) % daily.length];
  expect({ items, xp }).toEqual({
    items: toAmounts(gift?.items ?? {}),
    xp: terms.xp(event, gift?.xp ?? 0),
  });
  return changesOf(event, items);
}

/** Half of the materials come back, three quarters of those that came apart perfectly; a part of one is up to chance. */
function explainSalvage(town: Town, event: EventNamed<'itemSalvaged'>): Changes {
  const { itemId, quantity, perfect, returned } = event.data;
  const [usual] = town.bench.game.catalog.current.recipesMaking(itemId);
  if (!usual) throw new Error(`${itemId} cannot be taken apart.`);
  expect(perfect).toBeLessThanOrEqual(quantity);
  const share = ((quantity - perfect) * 0.5 + perfect * 0.75) / usual.yields;
  const takes = recipeInputs(usual);
  for (const { itemId: material, quantity: each } of takes) {
    const back = sumOf(returned.filter((one) => one.itemId === material));
    expect(back).toBeGreaterThanOrEqual(Math.floor(each * share));
    expect(back).toBeLessThanOrEqual(Math.ceil(each * share));
  }
  expect(takes.map((each) => each.itemId)).toEqual(
    expect.arrayContaining(returned.map((each) => each.itemId)),
  );
  return changesOf(event, [{ itemId, quantity: -quantity }, ...returned]);
}

/** Every event that promises XP led to it once, and no XP came from anywhere else. */
function expectXpExplained(log: readonly KnownEvent[]): void {
  const granted = log.filter((event) => event.name === 'xpGranted');
  const promised = { itemCrafted: 'crafting', itemsGathered: 'gathering', dailyClaimed: 'daily' } as const;
  for (const event of log) {
    if (event.name !== 'itemCrafted' && event.name !== 'itemsGathered' && event.name !== 'dailyClaimed')
      continue;
    const led = granted.filter(({ causeId }) => causeId === event.id);
    const wanted = event.data.xp === 0 ? [] : [{ amount: event.data.xp, reason: promised[event.name] }];
    expect(led.map(({ data }) => data)).toEqual(wanted);
    expect(led.map(({ userId }) => userId)).toEqual(led.map(() => event.userId));
    expect(led.map(({ occurredAt }) => occurredAt)).toEqual(led.map(() => event.occurredAt));
  }
  const chat = log.filter((event) => event.name === 'engagementRewarded');
  for (const [userId, events] of Map.groupBy(granted, ({ guildId, userId }) => `${guildId}/${userId}`)) {
    const paid = events.filter(({ data }) => data.reason === 'engagement');
    const earned = chat.filter((event) => `${event.guildId}/${event.userId}` === userId);
    expect(total(paid, ({ data }) => data.amount)).toBe(total(earned, ({ data }) => data.xp));
  }
  const reasons = new Set<string>([...Object.values(promised), 'engagement', ALMS]);
  expect(granted.filter(({ data }) => !reasons.has(data.reason))).toEqual([]);
}

/** The level is the one that the XP says, and every step to it was told. */
function expectLevels({ bench }: Town, lives: ReadonlyMap<string, Life>): void {
  for (const [key, life] of lives) {
    const [guildId = '', userId = ''] = key.split('/');
    const { level, xp, intoLevel, toNextLevel } = bench.game.progression.progress(bench.world.reader, {
      guildId,
      userId,
    });
    expect(xp).toBe(life.xp);
    expect(level).toBe(levelOf(life.xp));
    expect(life.toldLevel).toBe(level);
    expect(intoLevel).toBeLessThan(toNextLevel);
  }
}

/** Nothing is under way any more, and nothing is waited for. */
function expectEnded({ bench }: Town): void {
  const { reader, outbox, deliveries } = bench.world;
  const open = reader
    .select()
    .from(crafts)
    .all()
    .filter(({ endedAt }) => endedAt === null);
  expect(open).toEqual([]);
  expect(
    reader
      .select()
      .from(trips)
      .all()
      .filter(({ endedAt }) => endedAt === null),
  ).toEqual([]);
  expect(outbox.page(0, 10)).toEqual([]);
  expect(deliveries.count()).toEqual({ pending: 0, dead: 0 });
}

/** The rows agree with the events, and at no instant was more at work than there were slots. */
function expectTimes(town: Town, lives: ReadonlyMap<string, Life>): void {
  const { reader } = town.bench.world;
  const rows = reader.select().from(crafts).orderBy(asc(crafts.place)).all();
  const known = [...lives.values()].flatMap((life) => [...life.crafts]);
  expect(rows.length).toBe(known.length);
  for (const [id, craft] of known) {
    const row = rows.find((each) => each.id === id);
    expect(row).toMatchObject({
      recipeId: craft.recipe.id,
      quantity: craft.quantity,
      orderedAt: craft.orderedAt,
      startedAt: craft.startedAt,
      completesAt: craft.completesAt,
      state: craft.end,
    });
  }
  // Where a level is noticed late, how many slots there were at an instant depends on when one asks.
  if (town.isClumsy) return;
  for (const [key, own] of Map.groupBy(rows, ({ guildId, userId }) => `${guildId}/${userId}`)) {
    const starts = own.flatMap(({ startedAt }) => startedAt ?? []);
    expect(starts, 'The order of the queue is kept.').toEqual(starts.toSorted((one, other) => one - other));
    for (const at of starts) {
      const atWork = own.filter(({ startedAt, endedAt }) => {
        return startedAt !== null && startedAt <= at && at < (endedAt ?? at);
      });
      expect(atWork.length).toBeLessThanOrEqual(slotsAt(town, key, at));
    }
  }
}

/** How many slots somebody had at an instant, by the XP that they had by then. */
function slotsAt({ bench }: Town, key: string, at: number): number {
  const rows = bench.world.reader.select().from(ledger).where(eq(ledger.asset, 'xp')).all();
  const until = rows.filter((row) => `${row.guildId}/${row.userId}` === key && row.occurredAt <= at);
  const level = levelOf(total(until, ({ change }) => change));
  return bench.game.catalog.current.perk('craftingSlots', level);
}

/** Every craft and every trip was told to its player once, as far as that is remembered. */
function expectTold({ bench }: Town, log: readonly KnownEvent[]): void {
  const rows = bench.world.reader.select().from(announcements).all();
  const isTold = ({ audience, state }: Announcement) =>
    state === 'sent' || (audience === 'server' && state === 'folded');
  expect(rows.filter((row) => !isTold(row))).toEqual([]);
  // What is older may have been forgotten.
  const since = bench.clock.now() - KEPT_FOR;
  const recent = log.filter(({ occurredAt }) => occurredAt >= since);
  const told = rows.filter(({ occurredAt }) => occurredAt >= since).map(({ subject }) => subject);
  const crafted = recent.flatMap((event) => (event.name === 'itemCrafted' ? event.data.craftId : []));
  const gathered = recent.flatMap((event) => (event.name === 'itemsGathered' ? event.data.tripId : []));
  const toldCrafts = told.flatMap((subject) => (subject.kind === 'craftFinished' ? subject.craftId : []));
  const toldTrips = told.flatMap((subject) => (subject.kind === 'tripReturned' ? subject.tripId : []));
  expect(toldCrafts.toSorted()).toEqual(crafted.toSorted());
  expect(toldTrips.toSorted()).toEqual(gathered.toSorted());
}

/** Each milestone of a server was reached when so many items had been crafted there, and none was left out. */
function expectMilestones({ bench, isClumsy }: Town, log: readonly KnownEvent[]): void {
  const crafted = log.filter((event) => event.name === 'itemCrafted');
  const reached = log.filter((event) => event.name === 'serverMilestoneReached');
  const totals = bench.world.reader.select().from(serverTotals).all();
  const servers = [...Map.groupBy(crafted, ({ guildId }) => guildId)];
  expect(totals.map(({ guildId }) => guildId).sort()).toEqual(servers.map(([guildId]) => guildId).sort());
  for (const [guildId, ofServer] of servers) {
    const own = reached.filter((event) => event.guildId === guildId);
    const sum = total(ofServer, ({ data }) => data.quantity);
    expect(totals.find((each) => each.guildId === guildId)).toMatchObject({
      metric: 'itemsCrafted',
      value: sum,
    });
    for (const { causeId, userId, occurredAt } of own) {
      expect(ofServer.find(({ id }) => id === causeId)).toMatchObject({ userId, occurredAt });
    }
    const milestones = own.map(({ data }) => data.milestone);
    expect(milestones.at(-1)).toBe(milestonesIn(0, sum).at(-1));
    // What was noticed late is counted late: then another craft passes the milestone.
    if (isClumsy) expect(milestones).toEqual([...new Set(milestones)].sort((one, other) => one - other));
    else expect(milestones).toEqual(milestonesPassedBy(ofServer.map(({ data }) => data.quantity)));
  }
}

/** The highest milestone that each of these amounts passes when they come one after the other. */
function milestonesPassedBy(amounts: readonly number[]): number[] {
  let sum = 0;
  return amounts.flatMap((amount) => {
    sum += amount;
    return milestonesIn(sum - amount, sum).slice(-1);
  });
}

/** The milestones above one number and up to another: 100, 250, 500, 1,000 and so on. */
function milestonesIn(above: number, upTo: number): number[] {
  const all = [2, 3, 4, 5, 6].flatMap((digits) => [1, 2.5, 5].map((step) => step * 10 ** digits));
  return all.filter((each) => above < each && each <= upTo);
}

/**
 * What is told to a server is what happened there that is worth it by what it chose: all of that, and each once, as far
 * as that is remembered.
 */
function expectAnnounced({ bench }: Town, log: readonly KnownEvent[]): void {
  const since = bench.clock.now() - KEPT_FOR;
  const rows = bench.world.reader
    .select()
    .from(announcements)
    .where(and(eq(announcements.audience, 'server'), gte(announcements.occurredAt, since)))
    .all();
  const announced = rows.map(({ guildId, userId, occurredAt, subject }) => ({
    guildId,
    userId,
    occurredAt,
    subject,
  }));
  const expected = log
    .filter(({ guildId, occurredAt }) => guildId !== OTHER_GUILD && occurredAt >= since)
    .flatMap((event) =>
      worthTelling(bench.game.catalog.current.achievements, event).map((subject) => {
        const { guildId, userId, occurredAt } = event;
        return { guildId, userId, occurredAt, subject };
      }),
    );
  const sorted = (all: readonly object[]) => all.map((each) => JSON.stringify(each)).sort();
  expect(sorted(announced)).toEqual(sorted(expected));
}

/** What a server that has chosen nothing but a channel is told of an event. */
function worthTelling(
  achievements: ReadonlyMap<string, Achievement>,
  event: KnownEvent,
): AnnouncementSubject[] {
  switch (event.name) {
    case 'itemCrafted': {
      const { rarity, itemId, quantity, masterworks } = event.data;
      const isRare = ['rare', 'epic', 'legendary'].includes(rarity);
      return isRare ? [{ kind: 'rareItem', itemId, quantity, masterworks }] : [];
    }
    case 'userLeveledUp': {
      const { from, to } = event.data;
      const passed = Array.from({ length: to - from }, (_, index) => from + 1 + index);
      return passed.some((level) => level % 5 === 0) ? [{ kind: 'levelMilestone', level: to }] : [];
    }
    case 'achievementUnlocked': {
      const { achievementId, retroactive } = event.data;
      const isRare = ['gold', 'platinum'].includes(achievements.get(achievementId)?.tier ?? '');
      return isRare && !retroactive ? [{ kind: 'rareAchievement', achievementId }] : [];
    }
    case 'serverMilestoneReached':
      return [{ kind: 'serverMilestone', milestone: event.data.milestone }];
    default:
      return [];
  }
}

/** Every point was paid or is kept for the next time, and none beyond the ceiling of its minute. */
function expectChatPaid({ bench, chatter, isClumsy }: Town, log: readonly KnownEvent[]): void {
  const kept = bench.world.reader.select().from(engagementTallies).all();
  const rewarded = log.filter((event) => event.name === 'engagementRewarded');
  const people = Map.groupBy(chatter, ([key]) => key.split('/').slice(0, 2).join('/'));
  for (const [person, minutes] of people) {
    const isTheirs = ({ guildId, userId }: { guildId: string; userId: string | null }) =>
      `${guildId}/${userId}` === person;
    const paid =
      total(rewarded.filter(isTheirs), ({ data }) => data.points) +
      total(kept.filter(isTheirs), ({ points }) => points);
    const seen = total(minutes, ([, points]) => points);
    const counted = total(minutes, ([, points]) => Math.min(points, 5));
    // What is tallied after its minute was paid finds a new ceiling.
    expect(paid).toBeLessThanOrEqual((isClumsy ? seen : counted) + 1e-6);
    expect(paid).toBeGreaterThanOrEqual(counted - 1e-6);
  }
  const paidPeople = new Set(rewarded.map(({ guildId, userId }) => `${guildId}/${userId}`));
  expect([...people.keys()]).toEqual(expect.arrayContaining([...paidPeople]));
}

/** What achievements and leaderboards say follows from the log, whether it is read as it is written or all at once. */
export function expectReplayable(town: Town): void {
  expectScores(town);
  expectAchievements(town);
  const kept = earningsOf(town.bench);
  const again = createGameBench();
  const { world, game, act } = again;
  const replay = () => world.outbox.find('replayEvents:achievements');
  again.bus.emitter.on('*', (_name, { deliver }) =>
    deliver('trackAchievements', (event, tx) => {
      if (game.achievements.hears(event)) game.achievements.observe(tx, event);
    }),
  );
  // All but what is to be found out. The first half has happened before anybody counted, the other half is heard as it
  // happens, and of what is older some comes late, as from a listener that is tried again.
  const log = town.bench.world.reader.select().from(events).orderBy(asc(events.sequence)).all();
  const rows = log.filter(({ name }) => name !== 'achievementUnlocked');
  const half = Math.ceil(rows.length / 2);
  const append = (tx: Tx, { sequence: _, ...row }: typeof events.$inferSelect) =>
    tx.db.insert(events).values(row).run();
  act((tx) => {
    for (const row of rows.slice(0, half)) append(tx, row);
    beginGame(tx, game);
  });
  act((tx) => {
    for (const row of rows.slice(Math.max(0, half - 5), half))
      game.achievements.observe(tx, upgradeEvent(row));
  });
  act((tx) => {
    for (const row of rows.slice(half)) {
      append(tx, row);
      game.achievements.observe(tx, upgradeEvent(row));
    }
  });
  for (let job = replay(); job; job = replay()) {
    act((tx) => game.achievements.replayNext(tx));
    world.outbox.settle(job.revision);
  }
  expect(earningsOf(again)).toEqual(kept);
  expect(world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
  world.close();
}

/** Who has earned what, and how far everybody is with everything that is counted. */
function earningsOf({ world }: Pick<Town['bench'], 'world'>) {
  const { reader } = world;
  const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted();
  return {
    unlocked: sorted(
      reader
        .select({
          guildId: unlockedAchievements.guildId,
          userId: unlockedAchievements.userId,
          achievementId: unlockedAchievements.achievementId,
        })
        .from(unlockedAchievements)
        .all(),
    ),
    counts: sorted(reader.select().from(measureCounts).all()),
    facts: sorted(reader.select().from(measureFacts).all()),
  };
}

/** The leaderboards come out the same when they are made anew, and are what the log adds up to. */
function expectScores(town: Town): void {
  const { world, game, act } = town.bench;
  const read = () => {
    const rows = world.reader.select().from(scores).all();
    return rows.map((row) => JSON.stringify(row)).toSorted();
  };
  const kept = read();
  act((tx) => game.leaderboards.startOver(tx));
  while (game.leaderboards.isBehind(world.reader)) act((tx) => game.leaderboards.countNext(tx));
  expect(read()).toEqual(kept);
  expect(kept).toEqual(scoresOf(readLog(town)).toSorted());
}

/** The scores as anybody would add them up. */
function scoresOf(log: readonly KnownEvent[]): string[] {
  const found = new Map<string, { value: number; reachedAt: number }>();
  for (const event of log) {
    const [board, value] = scoreOf(event);
    if (board === undefined || !value || event.userId === null) continue;
    const date = new Date(event.occurredAt);
    const monday = new Date(event.occurredAt - ((date.getUTCDay() + 6) % 7) * DAY);
    const week = `week:${monday.toISOString().slice(0, 10)}`;
    for (const period of ['all', `month:${date.toISOString().slice(0, 7)}`, week]) {
      const key = JSON.stringify([event.guildId, board, period, event.userId]);
      const before = found.get(key) ?? { value: 0, reachedAt: 0 };
      found.set(key, {
        value: before.value + value,
        reachedAt: Math.max(before.reachedAt, event.occurredAt),
      });
    }
  }
  return [...found].map(([key, score]) => {
    const [guildId, board, period, userId] = JSON.parse(key) as string[];
    return JSON.stringify({ guildId, board, period, userId, ...score });
  });
}

function scoreOf(event: KnownEvent): readonly [board?: string, value?: number] {
  if (event.name === 'xpGranted') return ['xp', event.data.amount];
  if (event.name === 'itemCrafted') return ['crafts', event.data.crafted];
  if (event.name === 'itemsGathered') return ['gathered', event.data.total];
  if (event.name === 'achievementUnlocked') return ['achievements', 1];
  return [];
}

/** Whoever has done enough for an achievement has it, and nobody else. */
function expectAchievements(town: Town): void {
  const { game, world } = town.bench;
  const log = readLog(town);
  const people = Map.groupBy(
    log.filter(({ userId }) => userId !== null),
    ({ guildId, userId }) => `${guildId}/${userId}`,
  );
  for (const [key, own] of people) {
    const [guildId = '', userId = ''] = key.split('/');
    for (const { achievement, value, unlockedAt } of game.achievements.progress(world.reader, {
      guildId,
      userId,
    })) {
      const counted = countOf(achievement, own);
      expect({ id: achievement.id, value }).toEqual({ id: achievement.id, value: counted });
      expect({ id: achievement.id, earned: unlockedAt !== null }).toEqual({
        id: achievement.id,
        earned: counted >= achievement.goal,
      });
    }
  }
}

/** What an achievement counts, as anybody would count it. */
function countOf({ counts }: Achievement, log: readonly KnownEvent[]): number {
  const { event: name, each, sum, most, distinct, where = {} } = counts;
  const entries = log
    .filter((event) => event.name === name)
    .map(({ data }) => data as Record<string, unknown>)
    .flatMap((data) => (each === undefined ? [data] : (data[each] as Record<string, unknown>[])))
    .filter((entry) => Object.entries(where).every(([field, value]) => entry[field] === value));
  // Each event counts to three decimals.
  if (sum !== undefined) return total(entries, (entry) => Math.round(Number(entry[sum]) * 1_000)) / 1_000;
  if (most !== undefined) return Math.max(0, ...entries.map((entry) => Number(entry[most])));
  if (distinct !== undefined) return new Set(entries.map((entry) => entry[distinct])).size;
  return entries.length;
}

function ledgerByEvent({ bench }: Town): Map<string, Changes> {
  const byEvent = new Map<string, Changes>();
  for (const { guildId, userId, asset, change, eventId } of bench.world.reader.select().from(ledger).all()) {
    const changes = byEvent.get(eventId) ?? new Map<string, number>();
    const key = `${guildId}/${userId}/${asset}`;
    changes.set(key, (changes.get(key) ?? 0) + change);
    byEvent.set(eventId, changes);
  }
  return byEvent;
}

function changesOf(
  { guildId, userId }: { readonly guildId: string; readonly userId: string | null },
  items: readonly ItemAmount[],
): Changes {
  const changes: Changes = new Map();
  for (const { itemId, quantity } of items) {
    const key = `${guildId}/${userId}/item:${itemId}`;
    changes.set(key, (changes.get(key) ?? 0) + quantity);
  }
  return changes;
}

function negative(items: readonly ItemAmount[]): ItemAmount[] {
  return items.map(({ itemId, quantity }) => ({ itemId, quantity: -quantity }));
}

function knownCraft(life: Life, craftId: string): KnownCraft {
  const craft = life.crafts.get(craftId);
  if (!craft) throw new Error(`The craft ${craftId} was never ordered by them.`);
  return craft;
}

function endCraft(life: Life, craftId: string, end: 'completed' | 'cancelled'): void {
  const craft = knownCraft(life, craftId);
  expect(craft.end, 'A craft ends once.').toBeNull();
  craft.end = end;
  life.active.delete(craftId);
  const place = life.waiting.indexOf(craftId);
  if (place >= 0) life.waiting.splice(place, 1);
}

function endTrip(life: Life, tripId: string, end: 'completed' | 'cancelled'): KnownTrip {
  const trip = life.trips.get(tripId);
  if (!trip) throw new Error(`The trip ${tripId} never began.`);
  expect(trip.end, 'A trip ends once.').toBeNull();
  trip.end = end;
  return trip;
}

function slotsOf({ bench }: Town, life: Life): number {
  return bench.game.catalog.current.perk('craftingSlots', levelOf(life.xp));
}

/** Level N needs 100 · N^1.5 more (design, "Progression"). */
function levelOf(xp: number): number {
  let level = 1;
  for (let left = xp; left >= Math.round(100 * level ** 1.5); level++) left -= Math.round(100 * level ** 1.5);
  return level;
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

function sumOf(items: readonly ItemAmount[]): number {
  return total(items, ({ quantity }) => quantity);
}

function total<Entry>(entries: readonly Entry[], amount: (entry: Entry) => number): number {
  return entries.reduce((sum, entry) => sum + amount(entry), 0);
}
