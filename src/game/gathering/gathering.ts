import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { gatheringCancelled } from '../../events/gatheringCancelled.ts';
import { gatheringStarted } from '../../events/gatheringStarted.ts';
import { itemsGathered } from '../../events/itemsGathered.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import { seededRandom } from '../../world/random.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource, ItemAmount } from '../content/catalog.ts';
import type { Place } from '../content/schema.ts';
import { type Due, isOf, type TimedPart, type Upcoming } from '../due-work.ts';
import { type Inventory, missingItems } from '../inventory/inventory.ts';
import type { Actor, Players } from '../players/players.ts';
import type { Progression } from '../progression/progression.ts';
import { refuse } from '../refusal.ts';
import type { Resumable } from '../resumable.ts';
import { newSeed } from '../seed.ts';
import type { Terms, TermsInForce } from '../terms/terms.ts';
import { rollFinds } from './finds.ts';
import { type Trip, type TripPromise, trips } from './trips.table.ts';

declare module '../refusal.ts' {
  interface Refusals {
    unknownPlace: { asked: string };
    placeTooFar: { placeId: string; needed: number; level: number };
    alreadyOut: { placeId: string; returnsAt: number };
    placeTakesNoSupplies: { placeId: string };
    noSupplies: { placeId: string; itemId: string };
    unknownTrip: Record<string, never>;
    notYourTrip: Record<string, never>;
    tripIsOver: { context: 'completed' | 'cancelled' | 'due'; placeId: string; endedAt: number };
    tripIsRepeated: Record<string, never>;
  }
}

/** The wish to go somewhere. */
export interface TripOrder {
  /** As the player gave it: not yet known to exist. */
  readonly placeId: string;
  /** Whether to take along what makes the place yield more. */
  readonly supplies: boolean;
}

/** A trip that leads where an earlier one led. */
export interface RepeatedTrip {
  readonly trip: Trip;
  /** What the earlier one took along and this one goes without, because there is none left. */
  readonly without: readonly ItemAmount[];
}

/** A place as somebody sees it. */
export interface PlaceChoice {
  readonly place: Place;
  readonly levelReached: boolean;
  /** How long a trip takes, in milliseconds. */
  readonly duration: number;
}

export interface GatheringServices {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly progression: Progression;
  readonly terms: Terms;
}

/** The rules of gathering: set out, come back, turn back, go again. */
export class Gathering implements TimedPart, Resumable {
  readonly #services: GatheringServices;

  constructor(services: GatheringServices) {
    this.#services = services;
  }

  /**
   * Sends somebody to a place. Nobody is in two places at once.
   *
   * @throws Refusal unknownPlace, placeTooFar, alreadyOut, placeTakesNoSupplies or noSupplies
   */
  setOut(tx: Tx, actor: Actor, { placeId, supplies }: TripOrder): Trip {
    const { catalog, players, inventory, progression } = this.#services;
    const { guildId, userId, channelId } = actor;
    const place = catalog.current.places.get(placeId) ?? refuse('unknownPlace', { asked: placeId });
    players.ensure(tx, actor);
    const { level } = progression.progress(tx.db, actor);
    if (level < place.level) refuse('placeTooFar', { placeId, needed: place.level, level });
    const underWay = this.underWay(tx.db, actor);
    if (underWay) refuse('alreadyOut', { placeId: underWay.placeId, returnsAt: underWay.returnsAt });
    const terms = this.#services.terms.at(tx.db, guildId, tx.now);
    const promise = this.#promise(place, level, terms, supplies ? this.#supplies(tx, actor, place) : []);

    const trip: Trip = {
      id: tx.createId(),
      guildId,
      userId,
      channelId,
      placeId,
      state: 'active',
      startedAt: tx.now,
      returnsAt: tx.now + terms.duration(place.time),
      endedAt: null,
      promise,
      seed: newSeed(tx.random),
      found: null,
      repeatedBy: null,
    };
    const event = tx.publish(gatheringStarted, {
      guildId,
      userId,
      data: { tripId: trip.id, placeId, returnsAt: trip.returnsAt, supplies: [...promise.supplies] },
    });
    inventory.take(tx, actor, promise.supplies, event);
    tx.db.insert(trips).values(trip).run();
    requestReturn(tx, trip);
    return trip;
  }

  /**
   * Sends somebody where a trip of theirs led before, with supplies if that one had some and they have them still.
   * Each trip is repeated once, however often its button is pressed.
   *
   * @throws Refusal unknownTrip, notYourTrip, tripIsRepeated, or what {@link setOut} refuses
   */
  repeat(tx: Tx, actor: Actor, tripId: string): RepeatedTrip {
    const { catalog, inventory } = this.#services;
    const { placeId, promise, repeatedBy } = this.#require(tx.db, actor, tripId);
    if (repeatedBy !== null) refuse('tripIsRepeated', {});
    const useful = suppliesOf(catalog.current.places.get(placeId));
    const supplies =
      promise.supplies.length > 0 &&
      useful.length > 0 &&
      missingItems(inventory.list(tx.db, actor), useful).length === 0;
    const trip = this.setOut(tx, actor, { placeId, supplies });
    tx.db.update(trips).set({ repeatedBy: trip.id }).where(eq(trips.id, tripId)).run();
    return { trip, without: supplies ? [] : promise.supplies };
  }

  /** Brings somebody back with what they found, as of the time they were due. Does nothing for a trip that is over. */
  finishTrip(tx: Tx, tripId: string): void {
    const trip = tx.db
      .update(trips)
      .set({ state: 'completed', endedAt: sql`${trips.returnsAt}` })
      .where(and(eq(trips.id, tripId), eq(trips.state, 'active'), lte(trips.returnsAt, tx.now)))
      .returning()
      .get();
    if (!trip) return;

    const found = rollFinds(trip.promise, seededRandom(trip.seed));
    tx.db.update(trips).set({ found }).where(eq(trips.id, tripId)).run();
    const event = tx.publish(itemsGathered, {
      guildId: trip.guildId,
      userId: trip.userId,
      occurredAt: trip.returnsAt,
      data: {
        tripId,
        placeId: trip.placeId,
        items: found,
        total: found.reduce((total, { quantity }) => total + quantity, 0),
        xp: trip.promise.xp,
        channelId: trip.channelId,
      },
    });
    this.#services.inventory.give(tx, trip, found, event);
  }

  /**
   * A trip that its player could turn back from.
   *
   * @throws Refusal unknownTrip, notYourTrip or tripIsOver
   */
  previewTurnBack(db: BetterSQLite3Database, holder: Holder, tripId: string, now: number): Trip {
    const trip = this.#require(db, holder, tripId);
    const { state, placeId, endedAt, returnsAt } = trip;
    if (state !== 'active') {
      return refuse('tripIsOver', { context: state, placeId, endedAt: endedAt ?? returnsAt });
    }
    if (returnsAt <= now) return refuse('tripIsOver', { context: 'due', placeId, endedAt: returnsAt });
    return trip;
  }

  /**
   * Ends a trip early: nothing is found, and what was taken along is used up.
   *
   * @throws Refusal unknownTrip, notYourTrip or tripIsOver
   */
  turnBack(tx: Tx, holder: Holder, tripId: string): Trip {
    const trip = this.previewTurnBack(tx.db, holder, tripId, tx.now);
    const { guildId, userId, placeId } = trip;
    tx.db.update(trips).set({ state: 'cancelled', endedAt: tx.now }).where(eq(trips.id, tripId)).run();
    tx.publish(gatheringCancelled, { guildId, userId, data: { tripId, placeId } });
    return trip;
  }

  /** The trip that somebody is on. */
  underWay(db: BetterSQLite3Database, { guildId, userId }: Holder): Trip | undefined {
    return findUnderWay(db).get({ guildId, userId });
  }

  /** A trip, whoever it is of and whatever became of it. */
  find(db: BetterSQLite3Database, tripId: string): Trip | undefined {
    return db.select().from(trips).where(eq(trips.id, tripId)).get();
  }

  /**
   * Every place as somebody sees it: those they can reach first, then by level.
   *
   * @param now milliseconds UTC
   */
  choices(db: BetterSQLite3Database, holder: Holder, now: number): PlaceChoice[] {
    const { catalog, progression, terms } = this.#services;
    const inForce = terms.at(db, holder.guildId, now);
    const { level } = progression.progress(db, holder);
    return [...catalog.current.places.values()]
      .sort((one, other) => one.level - other.level)
      .map((place) => ({
        place,
        levelReached: level >= place.level,
        duration: inForce.duration(place.time),
      }));
  }

  nextDue(db: BetterSQLite3Database, holder: Holder): Due | undefined {
    const trip = this.underWay(db, holder);
    if (!trip) return undefined;
    const { id, returnsAt } = trip;
    return { id, at: returnsAt, finish: (tx) => this.finishTrip(tx, id) };
  }

  upcoming(db: BetterSQLite3Database, whose: Partial<Holder>, after: number): Upcoming | undefined {
    const next = db
      .select()
      .from(trips)
      .where(and(eq(trips.state, 'active'), gt(trips.returnsAt, after), isOf(trips, whose)))
      .orderBy(asc(trips.returnsAt))
      .limit(1)
      .get();
    if (!next) return undefined;
    return {
      kind: 'trip',
      id: next.id,
      what: next.placeId,
      guildId: next.guildId,
      userId: next.userId,
      at: next.returnsAt,
      hurry: (tx) => {
        tx.db.update(trips).set({ returnsAt: tx.now }).where(eq(trips.id, next.id)).run();
        this.awaitReturn(tx, next.id);
      },
    };
  }

  /** Asks for somebody's return; for a job that came too early. */
  awaitReturn(tx: Tx, tripId: string): void {
    const trip = this.find(tx.db, tripId);
    if (trip?.state === 'active') requestReturn(tx, trip);
  }

  resumeServer(tx: Tx, guildId: string): void {
    const underWay = and(eq(trips.guildId, guildId), eq(trips.state, 'active'));
    for (const trip of tx.db.select().from(trips).where(underWay).all()) requestReturn(tx, trip);
  }

  /** Lets somebody turn back; who is due already comes back with what they found. */
  cancelAll(tx: Tx, holder: Holder): number {
    const trip = this.underWay(tx.db, holder);
    if (!trip) return 0;
    this.finishTrip(tx, trip.id);
    if (trip.returnsAt <= tx.now) return 0;
    this.turnBack(tx, holder, trip.id);
    return 1;
  }

  /** @throws Refusal placeTakesNoSupplies or noSupplies */
  #supplies(tx: Tx, holder: Holder, place: Place): readonly ItemAmount[] {
    const supplies = suppliesOf(place);
    const [first] = supplies;
    if (!first) return refuse('placeTakesNoSupplies', { placeId: place.id });
    if (missingItems(this.#services.inventory.list(tx.db, holder), supplies).length > 0) {
      refuse('noSupplies', { placeId: place.id, itemId: first.itemId });
    }
    return supplies;
  }

  #promise(place: Place, level: number, terms: TermsInForce, supplies: readonly ItemAmount[]): TripPromise {
    const fromLevel = this.#services.catalog.current.perk('gatheringBonus', level) / 100;
    const fromSupplies = supplies.length > 0 ? (place.supplies?.bonus ?? 0) : 0;
    return {
      finds: Object.entries(place.finds).map(([itemId, find]) => ({ itemId, ...find })),
      bonus: fromLevel + fromSupplies,
      supplies,
      xp: terms.xp(place.xp),
    };
  }

  #require(db: BetterSQLite3Database, { guildId, userId }: Holder, tripId: string): Trip {
    const trip = this.find(db, tripId);
    if (trip?.guildId !== guildId) return refuse('unknownTrip', {});
    if (trip.userId !== userId) return refuse('notYourTrip', {});
    return trip;
  }
}

function requestReturn(tx: Tx, { id, returnsAt }: Trip): void {
  tx.request({ task: 'finishGathering', id, payload: { tripId: id }, runAt: returnsAt });
}

/** What a trip to a place takes along: one of what the place names. */
function suppliesOf(place: Place | undefined): readonly ItemAmount[] {
  return place?.supplies ? [{ itemId: place.supplies.item, quantity: 1 }] : [];
}

const findUnderWay = prepared((db) =>
  db
    .select()
    .from(trips)
    .where(
      and(
        eq(trips.guildId, sql.placeholder('guildId')),
        eq(trips.userId, sql.placeholder('userId')),
        eq(trips.state, 'active'),
      ),
    )
    .orderBy(trips.returnsAt)
    .limit(1)
    .prepare(),
);
