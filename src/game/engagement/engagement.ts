import { and, eq, gt, lte, max, min, sql, sum } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { GameConfig } from '../../config/schema.ts';
import type { EventOf } from '../../events/define-event.ts';
import type { engagementObserved } from '../../events/engagementObserved.ts';
import { engagementRewarded } from '../../events/engagementRewarded.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource } from '../content/catalog.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Players } from '../players/players.ts';
import type { Progression } from '../progression/progression.ts';
import type { Resumable } from '../resumable.ts';
import type { Settings } from '../settings/settings.ts';
import type { Terms } from '../terms/terms.ts';
import { engagementTallies, REST } from './engagement-tallies.table.ts';
import { rollFinds } from './finds.ts';
import { ENGAGEMENT } from './of-engagement.ts';
import { ENGAGEMENT_WEIGHTS, engagementEnabled, ignoredChannels } from './settings.ts';

const MINUTE = 60_000;

/** How many people one transaction rewards; the rest is for the next one. */
const PEOPLE_PER_RUN = 200;

/** So little may be lacking to a whole XP: sums such as ten times 0.1 come out a trace too low. */
const TOLERANCE = 1e-6;

export interface EngagementServices {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly progression: Progression;
  readonly settings: Settings;
  readonly terms: Terms;
  readonly config: { readonly current: { readonly game: GameConfig } };
}

/** What was seen of whom, and where. */
export type Observation = Holder & EventOf<typeof engagementObserved>['data'];

/** What tallied points have come to. */
interface Earned {
  /** The points that were worth the XP. */
  readonly paid: number;
  readonly xp: number;
  /** The points that are too few for one more. */
  readonly rest: number;
}

/** What counts in a server. */
export interface EngagementRules {
  readonly enabled: boolean;
  readonly ignoredChannels: readonly string[];
  readonly weights: GameConfig['engagement']['weights'];
  readonly pointsPerMinute: number;
  readonly xpPerPoint: number;
}

/**
 * Rewards taking part: tallied as it happens, with a ceiling for each minute, turned into XP and now and then a find by
 * a job.
 */
export class Engagement implements Resumable {
  readonly #services: EngagementServices;

  constructor(services: EngagementServices) {
    this.#services = services;
  }

  /** What counts in a server, for people to read. */
  rules(db: BetterSQLite3Database, guildId: string): EngagementRules {
    const { settings, config } = this.#services;
    const { engagement } = config.current.game;
    const weight = (kind: keyof typeof ENGAGEMENT_WEIGHTS) =>
      settings.get(db, guildId, ENGAGEMENT_WEIGHTS[kind]) ?? engagement.weights[kind];
    return {
      ...engagement,
      weights: { message: weight('message'), reaction: weight('reaction'), command: weight('command') },
      enabled: settings.get(db, guildId, engagementEnabled),
      ignoredChannels: settings.get(db, guildId, ignoredChannels),
    };
  }

  /** Adds one message, reaction or command to the tally of its minute, unless it doesn't count in this server. */
  tally(tx: Tx, { guildId, userId, kind, channelId, parentId }: Observation): void {
    const { enabled, ignoredChannels, weights, pointsPerMinute } = this.rules(tx.db, guildId);
    if (!enabled || ignoredChannels.includes(channelId)) return;
    if (parentId !== null && ignoredChannels.includes(parentId)) return;
    const points = Math.min(weights[kind], pointsPerMinute);
    if (points === 0) return;
    const minute = tx.now - (tx.now % MINUTE);
    addPoints(tx.db).run({ guildId, userId, minute, points, most: pointsPerMinute });
    tx.request({ ...processing(guildId, minute + MINUTE), keepEarlier: true });
  }

  /**
   * Who is rewarded next, and for when. What of theirs is due before that has to end first: a level from the chat can
   * open a slot, and what waits starts in it then, no earlier and no later.
   *
   * @param now milliseconds UTC
   */
  nextRewarded(
    db: BetterSQLite3Database,
    guildId: string,
    now: number,
  ): { readonly holder: Holder; readonly at: number }[] {
    return this.#tallied(db, guildId, now).map(({ userId, last }) => ({
      holder: { guildId, userId },
      at: last + MINUTE,
    }));
  }

  /** Rewards what was tallied in the minutes that are over, and asks for the next run if there is more. */
  process(tx: Tx, guildId: string): void {
    for (const tallied of this.#tallied(tx.db, guildId, tx.now)) this.#reward(tx, { guildId, ...tallied });
    this.resumeServer(tx, guildId);
  }

  resumeServer(tx: Tx, guildId: string): void {
    const next = tx.db
      .select({ minute: min(engagementTallies.minute) })
      .from(engagementTallies)
      .where(and(eq(engagementTallies.guildId, guildId), gt(engagementTallies.minute, REST)))
      .get();
    // Not `keepEarlier`: the request that is being carried out still waits, and its time is over.
    if (next?.minute != null) tx.request(processing(guildId, next.minute + MINUTE));
  }

  #tallied(
    db: BetterSQLite3Database,
    guildId: string,
    now: number,
  ): { userId: string; points: number; last: number }[] {
    return db
      .select({
        userId: engagementTallies.userId,
        points: sum(engagementTallies.points).mapWith(Number),
        last: max(engagementTallies.minute).mapWith(Number),
      })
      .from(engagementTallies)
      .where(
        and(
          eq(engagementTallies.guildId, guildId),
          gt(engagementTallies.minute, REST),
          lte(engagementTallies.minute, now - MINUTE),
        ),
      )
      .groupBy(engagementTallies.userId)
      .orderBy(engagementTallies.userId)
      .limit(PEOPLE_PER_RUN)
      .all();
  }

  /** Pays whole XP and keeps the rest for the next time; each point has its chance of a find once, when it is new. */
  #reward(tx: Tx, tallied: Holder & { readonly points: number; readonly last: number }): void {
    const { catalog, players, inventory, progression } = this.#services;
    const { guildId, userId, last } = tallied;
    const holder = { guildId, userId };
    const { paid, xp, rest } = this.#earned(tx.db, holder, last);
    const items = rollFinds(tx.random, catalog.current.engagement, tallied.points);

    tx.db.delete(engagementTallies).where(isTallied(holder, last)).run();
    if (rest > 0)
      tx.db
        .insert(engagementTallies)
        .values({ ...holder, minute: REST, points: rest })
        .run();
    if (xp === 0 && items.length === 0) return;

    // Who is given something becomes a player, also if they have only ever chatted: else what they are shown before
    // they play, the starter materials, would vanish with the first thing that they really have.
    players.ensure(tx, holder);
    const event = tx.publish(engagementRewarded, {
      ...holder,
      occurredAt: last + MINUTE,
      data: { points: paid, xp, items },
    });
    inventory.give(tx, holder, items, event);
    progression.grantXp(tx, holder, xp, ENGAGEMENT, event.occurredAt);
  }

  /**
   * What the minutes up to the last one bring, each on the terms that counted in it, with what was left of those before:
   * the same, however many of them are rewarded together.
   */
  #earned(db: BetterSQLite3Database, holder: Holder, last: number): Earned {
    const { terms, config } = this.#services;
    let paid = 0;
    let xp = 0;
    let rest = findRest(db).get({ ...holder })?.points ?? 0;
    for (const { minute, points } of findMinutes(db).all({ ...holder, last })) {
      const { xpFactor } = terms.at(db, holder.guildId, minute);
      const xpPerPoint = config.current.game.engagement.xpPerPoint * xpFactor;
      const open = rest + points;
      const whole = Math.floor(open * xpPerPoint + TOLERANCE);
      // Where points are worth no XP there is nothing to wait for.
      const counted = xpPerPoint === 0 ? open : Math.min(open, whole / xpPerPoint);
      paid += counted;
      xp += whole;
      rest = open - counted;
    }
    return { paid, xp, rest };
  }
}

function isTallied({ guildId, userId }: Holder, last: number) {
  return and(
    eq(engagementTallies.guildId, guildId),
    eq(engagementTallies.userId, userId),
    lte(engagementTallies.minute, last),
  );
}

function processing(guildId: string, runAt: number) {
  return { task: 'processEngagement', id: guildId, payload: { guildId }, runAt } as const;
}

const points = sql.placeholder('points');

const addPoints = prepared((db) =>
  db
    .insert(engagementTallies)
    .values({
      guildId: sql.placeholder('guildId'),
      userId: sql.placeholder('userId'),
      minute: sql.placeholder('minute'),
      points,
    })
    .onConflictDoUpdate({
      target: [engagementTallies.guildId, engagementTallies.userId, engagementTallies.minute],
      set: { points: sql`min(${engagementTallies.points} + ${points}, ${sql.placeholder('most')})` },
    })
    .prepare(),
);

const findRest = prepared((db) =>
  db
    .select({ points: engagementTallies.points })
    .from(engagementTallies)
    .where(
      and(
        eq(engagementTallies.guildId, sql.placeholder('guildId')),
        eq(engagementTallies.userId, sql.placeholder('userId')),
        eq(engagementTallies.minute, REST),
      ),
    )
    .prepare(),
);

const findMinutes = prepared((db) =>
  db
    .select({ minute: engagementTallies.minute, points: engagementTallies.points })
    .from(engagementTallies)
    .where(
      and(
        eq(engagementTallies.guildId, sql.placeholder('guildId')),
        eq(engagementTallies.userId, sql.placeholder('userId')),
        gt(engagementTallies.minute, REST),
        lte(engagementTallies.minute, sql.placeholder('last')),
      ),
    )
    .orderBy(engagementTallies.minute)
    .prepare(),
);
