import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { craftCancelled } from '../../events/craftCancelled.ts';
import { craftQueued } from '../../events/craftQueued.ts';
import { craftStarted } from '../../events/craftStarted.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import type { DomainEvent } from '../../world/event.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import { type CatalogSource, type ItemAmount, recipeInputs } from '../content/catalog.ts';
import type { Recipe } from '../content/schema.ts';
import { type Due, isOf, type TimedPart, type Upcoming } from '../due-work.ts';
import { type Inventory, type MissingItem, missingItems } from '../inventory/inventory.ts';
import type { Actor, Players } from '../players/players.ts';
import { CRAFTING_XP, type Progression } from '../progression/progression.ts';
import { refuse } from '../refusal.ts';
import type { Resumable } from '../resumable.ts';
import { newSeed } from '../seed.ts';
import type { Terms } from '../terms/terms.ts';
import {
  findCraft,
  findLastPlace,
  findNextDue,
  insertCraft,
  listFinished,
  listOpen,
} from './craft-queries.ts';
import { type ActiveCraft, type Craft, crafts, isActive } from './crafts.table.ts';
import { rollMasterworks } from './masterworks.ts';
import { refundOf } from './refund.ts';
import { foresee, type Workbench } from './workbench.ts';

/** How many crafts of a recipe one order can be for. */
export const LARGEST_QUANTITY = 25;

declare module '../refusal.ts' {
  interface Refusals {
    unknownRecipe: { asked: string };
    quantityOutOfRange: { largest: number };
    levelTooLow: { recipeId: string; needed: number; level: number };
    missingMaterials: { recipeId: string; count: number; missing: readonly MissingItem[] };
    queueFull: { count: number; nextFreeAt: number };
    unknownCraft: Record<string, never>;
    notYourCraft: Record<string, never>;
    craftIsOver: { context: 'completed' | 'cancelled' | 'due'; endedAt: number };
    refundChanged: { craftId: string };
    repeatedAlready: { context: Craft['state']; recipeId: string; readyAt: number };
  }
}

/** An order to craft something. */
export interface CraftOrder extends Holder {
  readonly channelId: string;
  /** The language of whoever orders, as Discord names it. */
  readonly locale?: string;
  /** As the player gave it: not yet known to exist. */
  readonly recipeId: string;
  readonly quantity: number;
}

/** A recipe, and what somebody lacks for making it once. */
export interface RecipeChoice {
  readonly recipe: Recipe;
  /** How long making it once takes, in milliseconds. */
  readonly time: number;
  readonly missing: readonly MissingItem[];
  readonly levelReached: boolean;
}

export interface CraftingServices {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly progression: Progression;
  readonly terms: Terms;
}

/** What somebody has under way, as it is stored. */
interface Workload {
  readonly slots: number;
  readonly queueLength: number;
  /** The next to be ready first. */
  readonly active: readonly ActiveCraft[];
  /** The next to be started first. */
  readonly waiting: readonly Craft[];
}

/** The rules of crafting: order, wait, start, cancel, complete. It does not know what reacts to any of them. */
export class Crafting implements TimedPart, Resumable {
  readonly #services: CraftingServices;

  constructor(services: CraftingServices) {
    this.#services = services;
  }

  /**
   * Takes the materials and puts them to work; while every slot is taken, into the queue.
   *
   * @throws Refusal unknownRecipe, quantityOutOfRange, levelTooLow, queueFull or missingMaterials
   */
  startCraft(tx: Tx, order: CraftOrder): Craft {
    const { players, inventory, progression } = this.#services;
    const recipe = this.#requireRecipe(order);
    players.ensure(tx, order);
    const { level } = progression.progress(tx.db, order);
    if (level < recipe.level) refuse('levelTooLow', { recipeId: recipe.id, needed: recipe.level, level });
    const startsNow = this.#requireRoom(tx, order);
    const inputs = times(recipeInputs(recipe), order.quantity);
    const missing = missingItems(inventory.list(tx.db, order), inputs);
    if (missing.length > 0) {
      refuse('missingMaterials', { recipeId: recipe.id, count: order.quantity, missing });
    }
    const ordered = this.#draft(tx, order, recipe, level, inputs);
    const craft = startsNow ? started(ordered, tx.now) : ordered;
    const event = isActive(craft) ? publishStart(tx, craft, false) : publishQueued(tx, craft);
    inventory.take(tx, order, inputs, event);
    insertCraft(tx.db).run({ ...craft });
    if (isActive(craft)) requestCompletion(tx, craft);
    return craft;
  }

  /**
   * Orders once more what a finished craft made. Each finished craft can be repeated once.
   *
   * @throws Refusal unknownCraft, notYourCraft, repeatedAlready, or whatever {@link startCraft} refuses
   */
  repeatCraft(tx: Tx, actor: Actor, craftId: string): Craft {
    const { recipeId, quantity, state, repeatedBy } = this.#requireOwn(tx.db, actor, craftId);
    if (state !== 'completed') return refuse('unknownCraft', {});
    if (repeatedBy !== null) return this.#refuseRepeated(tx, actor, repeatedBy);
    const craft = this.startCraft(tx, { ...actor, recipeId, quantity });
    tx.db.update(crafts).set({ repeatedBy: craft.id }).where(eq(crafts.id, craftId)).run();
    return craft;
  }

  /** Starts what waits, the first in the queue first, in the slots that are free. */
  startWaiting(tx: Tx, holder: Holder): void {
    this.#fillSlots(tx, holder, tx.now);
  }

  /** What somebody's work ends with next. */
  nextDue(db: BetterSQLite3Database, { guildId, userId }: Holder): Due | undefined {
    const next = findNextDue(db).get({ guildId, userId });
    return next && { ...next, finish: (tx) => this.completeCraft(tx, next.id) };
  }

  upcoming(db: BetterSQLite3Database, whose: Partial<Holder>, after: number): Upcoming | undefined {
    const next = db
      .select()
      .from(crafts)
      .where(and(eq(crafts.state, 'active'), gt(crafts.completesAt, after), isOf(crafts, whose)))
      .orderBy(asc(crafts.completesAt))
      .limit(1)
      .get();
    if (!next || !isActive(next)) return undefined;
    return {
      kind: 'craft',
      id: next.id,
      what: next.recipeId,
      guildId: next.guildId,
      userId: next.userId,
      at: next.completesAt,
      hurry: (tx) => {
        tx.db.update(crafts).set({ completesAt: tx.now }).where(eq(crafts.id, next.id)).run();
        this.awaitCompletion(tx, next.id);
      },
    };
  }

  /** Hands over what a craft made, as of its due time. Does nothing for one that is over or isn't due yet. */
  completeCraft(tx: Tx, craftId: string): void {
    const craft = tx.db
      .update(crafts)
      .set({ state: 'completed', endedAt: sql`${crafts.completesAt}` })
      .where(and(eq(crafts.id, craftId), eq(crafts.state, 'active'), lte(crafts.completesAt, tx.now)))
      .returning()
      .get();
    if (!craft) return;

    const { output, xp } = craft.promise;
    const occurredAt = craft.endedAt ?? tx.now;
    const masterworks = rollMasterworks(craft);
    const quantity = (craft.quantity + masterworks) * output.yields;
    tx.db.update(crafts).set({ masterworks }).where(eq(crafts.id, craftId)).run();
    const event = tx.publish(itemCrafted, {
      guildId: craft.guildId,
      userId: craft.userId,
      occurredAt,
      data: {
        craftId,
        recipeId: craft.recipeId,
        itemId: output.itemId,
        rarity: output.rarity,
        crafted: craft.quantity,
        masterworks,
        quantity,
        xp,
        channelId: craft.channelId,
      },
    });
    this.#services.inventory.give(tx, craft, [{ itemId: output.itemId, quantity }], event);
    this.#fillSlots(tx, craft, occurredAt);
  }

  /** Asks for the completion of a craft that is at work; for a job that came too early. */
  awaitCompletion(tx: Tx, craftId: string): void {
    const craft = this.find(tx.db, craftId);
    if (craft && isActive(craft)) requestCompletion(tx, craft);
  }

  /**
   * What the player would get back if they cancelled now.
   *
   * @throws Refusal unknownCraft, notYourCraft or craftIsOver
   */
  previewCancel(db: BetterSQLite3Database, holder: Holder, craftId: string, now: number): CancelPreview {
    const craft = this.#requireOwn(db, holder, craftId);
    const { state, completesAt } = craft;
    if (state === 'completed' || state === 'cancelled') {
      return refuse('craftIsOver', { context: state, endedAt: craft.endedAt ?? now });
    }
    // Due since a moment ago: its job is about to hand it over.
    if (completesAt !== null && completesAt <= now) {
      return refuse('craftIsOver', { context: 'due', endedAt: completesAt });
    }
    return { craft, refund: refundOf(craft, now) };
  }

  /**
   * Ends a craft early and returns what is left of its materials; its slot goes to the next in the queue.
   *
   * @param agreedTo the refund that the player saw when they agreed; less than that is never paid unasked
   * @throws Refusal unknownCraft, notYourCraft, craftIsOver, or refundChanged when it has shrunk since
   */
  cancelCraft(tx: Tx, holder: Holder, craftId: string, agreedTo: number): CancelPreview {
    const { craft, refund } = this.previewCancel(tx.db, holder, craftId, tx.now);
    if (totalOf(refund) < agreedTo) refuse('refundChanged', { craftId });
    tx.db.update(crafts).set({ state: 'cancelled', endedAt: tx.now }).where(eq(crafts.id, craftId)).run();
    const event = tx.publish(craftCancelled, {
      guildId: craft.guildId,
      userId: craft.userId,
      data: { craftId, recipeId: craft.recipeId, quantity: craft.quantity, refund: [...refund] },
    });
    this.#services.inventory.give(tx, holder, refund, event);
    this.#fillSlots(tx, holder, tx.now);
    return { craft, refund };
  }

  /** Cancels what waits, so that none of it starts, and then what is at work. What is due already is handed over. */
  cancelAll(tx: Tx, holder: Holder): number {
    const { active, waiting } = this.#workload(tx.db, holder);
    const due = active.filter(({ completesAt }) => completesAt <= tx.now);
    const cancelled = [...waiting, ...active.filter((craft) => !due.includes(craft))];
    for (const { id } of cancelled) this.cancelCraft(tx, holder, id, 0);
    for (const { id } of due) this.completeCraft(tx, id);
    return cancelled.length;
  }

  resumeServer(tx: Tx, guildId: string): void {
    const inServer = and(eq(crafts.guildId, guildId), eq(crafts.state, 'active'));
    for (const craft of tx.db.select().from(crafts).where(inServer).all())
      if (isActive(craft)) requestCompletion(tx, craft);
  }

  /** One craft, in whatever state. */
  find(db: BetterSQLite3Database, craftId: string): Craft | undefined {
    return findCraft(db).get({ id: craftId });
  }

  /**
   * Everything somebody has at work or waiting, and when each will be ready.
   *
   * @param now milliseconds UTC
   */
  workbench(db: BetterSQLite3Database, holder: Holder, now: number): Workbench {
    const { waiting, ...rest } = this.#workload(db, holder);
    return { ...rest, waiting: foresee(rest.active, waiting, Math.max(1, rest.slots), now) };
  }

  /** What somebody has at work, the next to be ready first. */
  activeCrafts(db: BetterSQLite3Database, { guildId, userId }: Holder): ActiveCraft[] {
    return byCompletion(listOpen(db).all({ guildId, userId }).filter(isActive));
  }

  /** What somebody finished lately, the latest first. */
  recentCrafts(db: BetterSQLite3Database, { guildId, userId }: Holder, limit: number): Craft[] {
    return listFinished(db).all({ guildId, userId, limit });
  }

  /**
   * Every recipe as somebody sees it, the most sensible first.
   *
   * @param now milliseconds UTC
   */
  choices(db: BetterSQLite3Database, holder: Holder, now: number): RecipeChoice[] {
    const { catalog, inventory, progression, terms } = this.#services;
    const inForce = terms.at(db, holder.guildId, now);
    const holdings = inventory.list(db, holder);
    const { level } = progression.progress(db, holder);
    const choices = [...catalog.current.recipes.values()].map((recipe) => ({
      recipe,
      time: inForce.duration(recipe.time),
      missing: missingItems(holdings, recipeInputs(recipe)),
      levelReached: level >= recipe.level,
    }));
    return choices.sort((one, other) => rank(one) - rank(other));
  }

  #requireRecipe({ recipeId, quantity }: CraftOrder): Recipe {
    const recipe = this.#services.catalog.current.recipes.get(recipeId);
    if (!recipe) return refuse('unknownRecipe', { asked: recipeId });
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > LARGEST_QUANTITY) {
      refuse('quantityOutOfRange', { largest: LARGEST_QUANTITY });
    }
    return recipe;
  }

  /**
   * @returns whether an order can start now, or else has to wait
   * @throws Refusal queueFull
   */
  #requireRoom(tx: Tx, holder: Holder): boolean {
    const { slots, queueLength, active, waiting } = this.#fillSlots(tx, holder, tx.now);
    if (waiting.length === 0 && active.length < slots) return true;
    if (waiting.length < queueLength) return false;
    return refuse('queueFull', { count: queueLength, nextFreeAt: active[0]?.completesAt ?? tx.now });
  }

  /** The order as a craft that waits for its turn. */
  #draft(
    tx: Tx,
    { guildId, userId, channelId, quantity }: CraftOrder,
    recipe: Recipe,
    level: number,
    inputs: readonly ItemAmount[],
  ): Craft {
    const catalog = this.#services.catalog.current;
    const terms = this.#services.terms.at(tx.db, guildId, tx.now);
    const output = catalog.item(recipe.makes);
    return {
      id: tx.createId(),
      guildId,
      userId,
      channelId,
      recipeId: recipe.id,
      quantity,
      state: 'waiting',
      orderedAt: tx.now,
      place: (findLastPlace(tx.db).get({ guildId, userId })?.place ?? 0) + 1,
      duration: terms.duration(recipe.time * quantity),
      startedAt: null,
      completesAt: null,
      endedAt: null,
      promise: {
        inputs,
        output: { itemId: output.id, rarity: output.rarity, yields: recipe.yields },
        xp: terms.xp(CRAFTING_XP[output.rarity] * quantity),
        masterworkChance: catalog.perk('masterworkChance', level),
      },
      seed: newSeed(tx.random),
      masterworks: null,
      repeatedBy: null,
    };
  }

  /**
   * Starts what waits in the slots that are free.
   *
   * @param at since when they are free
   * @returns what is under way then
   */
  #fillSlots(tx: Tx, holder: Holder, at: number): Workload {
    const workload = this.#workload(tx.db, holder);
    const { slots, active, waiting } = workload;
    // What ended before that but isn't handed over yet frees its slot first: the order of the queue is a promise.
    if (waiting.length === 0 || active.some(({ completesAt }) => completesAt < at)) return workload;
    const turns = waiting.slice(0, Math.max(0, slots - active.length));
    // A level that is noticed late may have freed a slot before the last one began: it begins no earlier than that.
    const since = Math.max(at, ...active.map(({ startedAt }) => startedAt));
    const begun = turns.map((craft) => this.#startFromQueue(tx, craft, since));
    return {
      ...workload,
      active: byCompletion([...active, ...begun]),
      waiting: waiting.slice(begun.length),
    };
  }

  #startFromQueue(tx: Tx, waiting: Craft, at: number): ActiveCraft {
    const craft = started(waiting, Math.max(at, waiting.orderedAt));
    const { state, startedAt, completesAt } = craft;
    tx.db.update(crafts).set({ state, startedAt, completesAt }).where(eq(crafts.id, craft.id)).run();
    publishStart(tx, craft, true);
    requestCompletion(tx, craft);
    return craft;
  }

  #workload(db: BetterSQLite3Database, { guildId, userId }: Holder): Workload {
    const { catalog, progression } = this.#services;
    const open = listOpen(db).all({ guildId, userId });
    const { level } = progression.progress(db, { guildId, userId });
    return {
      slots: catalog.current.perk('craftingSlots', level),
      queueLength: catalog.current.perk('queueLength', level),
      active: byCompletion(open.filter(isActive)),
      waiting: open.filter(({ state }) => state === 'waiting'),
    };
  }

  #requireOwn(db: BetterSQLite3Database, holder: Holder, craftId: string): Craft {
    const craft = this.find(db, craftId);
    if (craft?.guildId !== holder.guildId) return refuse('unknownCraft', {});
    return craft.userId === holder.userId ? craft : refuse('notYourCraft', {});
  }

  /** Says what became of the first repetition. */
  #refuseRepeated(tx: Tx, holder: Holder, craftId: string): never {
    const { state, recipeId, endedAt, completesAt } = this.#requireOwn(tx.db, holder, craftId);
    const { waiting } = this.workbench(tx.db, holder, tx.now);
    const foreseen = waiting.find(({ craft }) => craft.id === craftId)?.completesAt;
    const readyAt = endedAt ?? completesAt ?? foreseen ?? tx.now;
    return refuse('repeatedAlready', { context: state, recipeId, readyAt });
  }
}

/** A craft that could be cancelled, and what that would return. */
export interface CancelPreview {
  readonly craft: Craft;
  readonly refund: readonly ItemAmount[];
}

/** How many items that is in all: what a refund is compared by. */
export function totalOf(items: readonly ItemAmount[]): number {
  return items.reduce((total, { quantity }) => total + quantity, 0);
}

function started(craft: Craft, at: number): ActiveCraft {
  return { ...craft, state: 'active', startedAt: at, completesAt: at + craft.duration };
}

function publishStart(tx: Tx, craft: ActiveCraft, fromQueue: boolean): DomainEvent {
  const { guildId, userId, id, recipeId, quantity, completesAt, promise } = craft;
  return tx.publish(craftStarted, {
    guildId,
    userId,
    occurredAt: craft.startedAt,
    data: { craftId: id, recipeId, quantity, completesAt, inputs: [...promise.inputs], fromQueue },
  });
}

function publishQueued(tx: Tx, { guildId, userId, id, recipeId, quantity, promise }: Craft): DomainEvent {
  return tx.publish(craftQueued, {
    guildId,
    userId,
    data: { craftId: id, recipeId, quantity, inputs: [...promise.inputs] },
  });
}

function requestCompletion(tx: Tx, { id, completesAt }: ActiveCraft): void {
  tx.request({ task: 'completeCrafting', id, payload: { craftId: id }, runAt: completesAt });
}

function byCompletion(active: readonly ActiveCraft[]): ActiveCraft[] {
  return active.toSorted((one, other) => one.completesAt - other.completesAt);
}

/** What can be made now, then what is lacking something, then level by level what isn't open yet. */
function rank({ recipe, missing, levelReached }: RecipeChoice): number {
  if (!levelReached) return 1 + recipe.level;
  return missing.length > 0 ? 1 : 0;
}

function times(items: readonly ItemAmount[], factor: number): ItemAmount[] {
  return items.map(({ itemId, quantity }) => ({ itemId, quantity: quantity * factor }));
}
