import { and, eq, lte, max, min, sql, sum } from 'drizzle-orm';
import type { GameConfig } from '../../config/schema.ts';
import { engagementRewarded } from '../../events/engagementRewarded.ts';
import type { Tx } from '../../world/transaction.ts';
import type { Players } from '../players/players.ts';
import type { Progression } from '../progression/progression.ts';
import { engagementTallies } from './engagement-tallies.table.ts';

const MINUTE = 60_000;

/** How many people one transaction rewards; the rest is for the next one. */
const PEOPLE_PER_RUN = 200;

export interface EngagementServices {
  readonly players: Players;
  readonly progression: Progression;
  readonly config: { readonly current: { readonly game: GameConfig } };
}

/** Rewards taking part: tallied as it happens, with a ceiling for each minute, turned into XP by a job. */
export class Engagement {
  readonly #services: EngagementServices;

  constructor(services: EngagementServices) {
    this.#services = services;
  }

  /** Adds one message, reaction or command to the tally of its minute. */
  tally(tx: Tx, guildId: string, userId: string, kind: keyof GameConfig['engagement']['weights']): void {
    const { weights, pointsPerMinute } = this.#services.config.current.game.engagement;
    const points = Math.min(weights[kind], pointsPerMinute);
    if (points === 0) return;
    const minute = tx.now - (tx.now % MINUTE);
    tx.db
      .insert(engagementTallies)
      .values({ guildId, userId, minute, points })
      .onConflictDoUpdate({
        target: [engagementTallies.guildId, engagementTallies.userId, engagementTallies.minute],
        set: { points: sql`min(${engagementTallies.points} + ${points}, ${pointsPerMinute})` },
      })
      .run();
    tx.request({ ...processing(guildId, minute + MINUTE), keepEarlier: true });
  }

  /** Turns the tallies of the minutes that are over into XP, and asks for the next run if there is more. */
  process(tx: Tx, guildId: string): void {
    const { players, progression, config } = this.#services;
    const lastMinute = tx.now - MINUTE;
    const isOver = and(eq(engagementTallies.guildId, guildId), lte(engagementTallies.minute, lastMinute));
    const rows = tx.db
      .select({
        userId: engagementTallies.userId,
        points: sum(engagementTallies.points).mapWith(Number),
        last: max(engagementTallies.minute).mapWith(Number),
      })
      .from(engagementTallies)
      .where(isOver)
      .groupBy(engagementTallies.userId)
      .orderBy(engagementTallies.userId)
      .limit(PEOPLE_PER_RUN)
      .all();
    for (const { userId, points, last } of rows) {
      const holder = { guildId, userId };
      const xp = Math.floor(points * config.current.game.engagement.xpPerPoint);
      players.ensure(tx, holder);
      tx.publish(engagementRewarded, { ...holder, occurredAt: last + MINUTE, data: { points, xp } });
      progression.grantXp(tx, holder, xp, 'engagement');
      tx.db
        .delete(engagementTallies)
        .where(and(isOver, eq(engagementTallies.userId, userId)))
        .run();
    }
    const next = tx.db
      .select({ minute: min(engagementTallies.minute) })
      .from(engagementTallies)
      .where(eq(engagementTallies.guildId, guildId))
      .get();
    // Not `keepEarlier`: the request that is being carried out still waits, and its time is over.
    if (next?.minute != null) tx.request(processing(guildId, next.minute + MINUTE));
  }
}

function processing(guildId: string, runAt: number) {
  return { task: 'processEngagement', id: guildId, payload: { guildId }, runAt } as const;
}
