import { and, desc, eq, getTableColumns, lte, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { GameConfig } from '../../config/schema.ts';
import { craftCancelled } from '../../events/craftCancelled.ts';
import { craftStarted } from '../../events/craftStarted.ts';
import { itemCrafted } from '../../events/itemCrafted.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import { seededRandom } from '../../world/random.ts';
import type { Tx } from '../../world/transaction.ts';
import { type CatalogSource, type ItemAmount, recipeInputs } from '../content/catalog.ts';
import type { Recipe } from '../content/schema.ts';
import { type Inventory, type MissingItem, missingItems } from '../inventory/inventory.ts';
import type { Players } from '../players/players.ts';
import { CRAFTING_XP, type Progression } from '../progression/progression.ts';
import { refuse } from '../refusal.ts';
import { type Craft, crafts } from './crafts.table.ts';
import { refundOf } from './refund.ts';

/** How many crafts of a recipe one order can be for. */
export const LARGEST_QUANTITY = 25;

/** The chance of one craft to become a masterwork, which yields double (design, "Recipes"). */
const MASTERWORK_CHANCE = 0.1;

declare module '../refusal.ts' {
  interface Refusals {
    unknownRecipe: { asked: string };
    quantityOutOfRange: { largest: number };
    levelTooLow: { recipeId: string; needed: number; level: number };
    missingMaterials: { recipeId: string; quantity: number; missing: readonly MissingItem[] };
    noFreeSlot: { slots: number; nextFreeAt: number };
    unknownCraft: Record<string, never>;
    notYourCraft: Record<string, never>;
    craftIsOver: { state: 'completed' | 'cancelled' | 'due'; endedAt: number };
    refundChanged: { craftId: string };
  }
}

/** An order to craft something. */
export interface CraftOrder extends Holder {
  readonly channelId: string;
  /** As the player gave it: not yet known to exist. */
  readonly recipeId: string;
  readonly quantity: number;
}

/** A recipe, and what somebody lacks for making it once. */
export interface RecipeChoice {
  readonly recipe: Recipe;
  readonly missing: readonly MissingItem[];
  readonly levelReached: boolean;
}

export interface CraftingServices {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly progression: Progression;
  readonly config: { readonly current: { readonly game: GameConfig } };
}

/** The rules of crafting: start, cancel, complete. It does not know what reacts to any of them. */
export class Crafting {
  readonly #services: CraftingServices;

  constructor(services: CraftingServices) {
    this.#services = services;
  }

  /**
   * Takes the materials and puts them to work.
   *
   * @throws Refusal unknownRecipe, quantityOutOfRange, levelTooLow, noFreeSlot or missingMaterials
   */
  startCraft(tx: Tx, order: CraftOrder): Craft {
    const { catalog, players, inventory, progression, config } = this.#services;
    const { guildId, userId, channelId, quantity } = order;
    const recipe =
      catalog.current.recipes.get(order.recipeId) ?? refuse('unknownRecipe', { asked: order.recipeId });
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > LARGEST_QUANTITY) {
      refuse('quantityOutOfRange', { largest: LARGEST_QUANTITY });
    }
    players.ensure(tx, order);
    const { level } = progression.progress(tx.db, order);
    if (level < recipe.level) refuse('levelTooLow', { recipeId: recipe.id, needed: recipe.level, level });
    this.#requireFreeSlot(tx, order);
    const inputs = times(recipeInputs(recipe), quantity);
    const missing = missingItems(inventory.list(tx.db, order), inputs);
    if (missing.length > 0) refuse('missingMaterials', { recipeId: recipe.id, quantity, missing });

    const output = catalog.current.item(recipe.makes);
    const duration = Math.ceil((recipe.time * quantity) / config.current.game.speed);
    const craft: Craft = {
      id: tx.createId(),
      guildId,
      userId,
      channelId,
      recipeId: recipe.id,
      quantity,
      state: 'active',
      startedAt: tx.now,
      completesAt: tx.now + duration,
      endedAt: null,
      promise: {
        inputs,
        output: { itemId: output.id, rarity: output.rarity, yields: recipe.yields },
        xp: CRAFTING_XP[output.rarity] * quantity,
      },
      seed: String(tx.random.integer(0, Number.MAX_SAFE_INTEGER)),
      masterworks: null,
    };
    const event = tx.publish(craftStarted, {
      guildId,
      userId,
      data: { craftId: craft.id, recipeId: recipe.id, quantity, completesAt: craft.completesAt, inputs },
    });
    inventory.take(tx, order, inputs, event);
    insertCraft(tx.db).run({ ...craft });
    tx.request({
      task: 'completeCrafting',
      id: craft.id,
      payload: { craftId: craft.id },
      runAt: craft.completesAt,
    });
    return craft;
  }

  /**
   * Hands over what a craft made, as of its due time. Does nothing for a craft that is over.
   *
   * @returns when to come back, for a craft that isn't due yet
   */
  completeCraft(tx: Tx, craftId: string): { readonly notBefore: number } | undefined {
    const craft = tx.db
      .update(crafts)
      .set({ state: 'completed', endedAt: sql`${crafts.completesAt}` })
      .where(and(eq(crafts.id, craftId), eq(crafts.state, 'active'), lte(crafts.completesAt, tx.now)))
      .returning()
      .get();
    if (!craft) return this.#notBefore(tx, craftId);

    const { output, xp } = craft.promise;
    const masterworks = rollMasterworks(craft);
    const quantity = (craft.quantity + masterworks) * output.yields;
    tx.db.update(crafts).set({ masterworks }).where(eq(crafts.id, craftId)).run();
    const event = tx.publish(itemCrafted, {
      guildId: craft.guildId,
      userId: craft.userId,
      occurredAt: craft.completesAt,
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
    return undefined;
  }

  /**
   * What the player would get back if they cancelled now.
   *
   * @throws Refusal unknownCraft, notYourCraft or craftIsOver
   */
  previewCancel(db: BetterSQLite3Database, holder: Holder, craftId: string, now: number): CancelPreview {
    const craft = db.select().from(crafts).where(eq(crafts.id, craftId)).get();
    if (craft?.guildId !== holder.guildId) return refuse('unknownCraft', {});
    if (craft.userId !== holder.userId) return refuse('notYourCraft', {});
    if (craft.state !== 'active') {
      return refuse('craftIsOver', { state: craft.state, endedAt: craft.endedAt ?? craft.completesAt });
    }
    if (craft.completesAt <= now) return refuse('craftIsOver', { state: 'due', endedAt: craft.completesAt });
    return { craft, refund: refundOf(craft, now) };
  }

  /**
   * Ends a craft early and returns what is left of its materials.
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
    return { craft, refund };
  }

  /** What somebody has at work, the next to be ready first. */
  activeCrafts(db: BetterSQLite3Database, { guildId, userId }: Holder): Craft[] {
    return listActive(db).all({ guildId, userId });
  }

  /** What somebody finished lately, the latest first. */
  recentCrafts(db: BetterSQLite3Database, holder: Holder, limit: number): Craft[] {
    return db
      .select()
      .from(crafts)
      .where(isOf(holder, 'completed'))
      .orderBy(desc(crafts.completesAt), crafts.id)
      .limit(limit)
      .all();
  }

  /** Every recipe as somebody sees it: the ones they can make now first, then those they lack something for. */
  choices(db: BetterSQLite3Database, holder: Holder): RecipeChoice[] {
    const { catalog, inventory, progression } = this.#services;
    const holdings = inventory.list(db, holder);
    const { level } = progression.progress(db, holder);
    const choices = [...catalog.current.recipes.values()].map((recipe) => ({
      recipe,
      missing: missingItems(holdings, recipeInputs(recipe)),
      levelReached: level >= recipe.level,
    }));
    return choices.sort((one, other) => rank(one) - rank(other));
  }

  #requireFreeSlot(tx: Tx, holder: Holder): void {
    const slots = this.#services.config.current.game.craftingSlots;
    // What is due but not handed over yet, because the queue is late, is in nobody's way.
    const active = this.activeCrafts(tx.db, holder).filter(({ completesAt }) => completesAt > tx.now);
    const [next] = active;
    if (next && active.length >= slots) refuse('noFreeSlot', { slots, nextFreeAt: next.completesAt });
  }

  #notBefore(tx: Tx, craftId: string): { readonly notBefore: number } | undefined {
    const craft = tx.db.select().from(crafts).where(eq(crafts.id, craftId)).get();
    return craft?.state === 'active' ? { notBefore: craft.completesAt } : undefined;
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

function rank({ missing, levelReached }: RecipeChoice): number {
  if (!levelReached) return 2;
  return missing.length > 0 ? 1 : 0;
}

function isOf(holder: Holder, state: Craft['state']) {
  return and(eq(crafts.guildId, holder.guildId), eq(crafts.userId, holder.userId), eq(crafts.state, state));
}

const insertCraft = prepared((db) => {
  const columns = Object.keys(getTableColumns(crafts)).map((name) => [name, sql.placeholder(name)]);
  // Every column under its own name: what the compiler cannot see through `fromEntries`.
  return db
    .insert(crafts)
    .values(Object.fromEntries(columns) as typeof crafts.$inferInsert)
    .prepare();
});

const listActive = prepared((db) =>
  db
    .select()
    .from(crafts)
    .where(
      and(
        eq(crafts.guildId, sql.placeholder('guildId')),
        eq(crafts.userId, sql.placeholder('userId')),
        eq(crafts.state, 'active'),
      ),
    )
    .orderBy(crafts.completesAt, crafts.id)
    .prepare(),
);

function times(items: readonly ItemAmount[], factor: number): ItemAmount[] {
  return items.map(({ itemId, quantity }) => ({ itemId, quantity: quantity * factor }));
}

/** Rolled with the craft's own seed: the outcome is fixed at the start, whenever and how often it is looked at. */
function rollMasterworks(craft: Craft): number {
  const random = seededRandom(craft.seed);
  let masterworks = 0;
  for (let made = 0; made < craft.quantity; made++) if (random.chance(MASTERWORK_CHANCE)) masterworks++;
  return masterworks;
}
