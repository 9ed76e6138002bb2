import { and, eq, gte, notExists, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { achievementUnlocked } from '../../events/achievementUnlocked.ts';
import type { DomainEvent } from '../../world/event.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import {
  advanceProjection,
  beginProjection,
  endProjection,
  findProjection,
  isReplayed,
  listProjections,
} from '../../world/projections.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource } from '../content/catalog.ts';
import { perCatalog } from '../content/per-catalog.ts';
import type { Achievement } from '../content/schema.ts';
import { measureId } from '../measures/measure.ts';
import { measureCounts } from '../measures/measures.table.ts';
import type { Measures } from '../measures/measures.ts';
import { unlockedAchievements } from './achievements.table.ts';

/** How many people one transaction unlocks an achievement for that was earned before it was there. */
export const UNLOCKS_PER_BATCH = 200;

const PROJECTIONS = 'achievement:';

/** An achievement as somebody stands to it. */
export interface AchievementProgress {
  readonly achievement: Achievement;
  /** How much they have of what it counts. */
  readonly value: number;
  readonly unlockedAt: number | null;
}

/** Achievements are data over measures: whoever publishes an event need not know what is earned by it. */
export class Achievements {
  readonly #catalog: CatalogSource;
  readonly #measures: Measures;
  /** The achievements over each measure. */
  readonly #byMeasure: () => ReadonlyMap<string, readonly Achievement[]>;

  constructor(catalog: CatalogSource, measures: Measures) {
    this.#catalog = catalog;
    this.#measures = measures;
    this.#byMeasure = perCatalog(catalog, ({ achievements }) =>
      Map.groupBy(achievements.values(), ({ counts }) => measureId(counts)),
    );
  }

  /**
   * Begins what the content asks for and hasn't begun; what happened before is counted by a job. Call at each start,
   * when every piece is loaded, and when the content was replaced.
   */
  begin(tx: Tx): void {
    this.#measures.begin(tx);
    const all = [...this.#catalog.current.achievements.values()];
    const names = new Set(all.map(projectionOf));
    for (const { name } of listProjections(tx.db, PROJECTIONS)) {
      if (!names.has(name)) endProjection(tx, name);
    }
    for (const name of names) beginProjection(tx, name);
    this.#requestReplay(tx);
  }

  /** Whether an event could earn somebody something. */
  hears(event: DomainEvent): boolean {
    return this.#measures.counts(event);
  }

  /** Counts an event as it happens, and unlocks what it earns. */
  observe(tx: Tx, event: DomainEvent): void {
    const { guildId, userId } = event;
    if (userId === null) return;
    const late = event.name === achievementUnlocked.name && (event as Unlocked).data.retroactive;
    for (const { measure, value } of this.#measures.observe(tx, event)) {
      for (const achievement of this.#earnedBy(measure, value)) {
        const retroactive = late || !this.#isSettled(tx.db, achievement);
        this.#unlock(tx, { guildId, userId }, achievement.id, retroactive);
      }
    }
  }

  /**
   * Catches up with what happened before: counts some more of it, or unlocks for some more people what they had earned
   * before it was there. Asks for the next run until all is done.
   */
  replayNext(tx: Tx): void {
    if (this.#measures.isBehind(tx.db)) this.#measures.replayNext(tx);
    else this.#settleNext(tx);
    this.#requestReplay(tx);
  }

  /** Every achievement with a player's progress, in the order of the content. */
  progress(db: BetterSQLite3Database, { guildId, userId }: Holder): AchievementProgress[] {
    const values = this.#measures.values(db, { guildId, userId });
    const unlocked = new Map(
      selectUnlocked(db)
        .all({ guildId, userId })
        .map(({ achievementId, unlockedAt }) => [achievementId, unlockedAt]),
    );
    return [...this.#catalog.current.achievements.values()].map((achievement) => ({
      achievement,
      value: values.get(measureId(achievement.counts)) ?? 0,
      unlockedAt: unlocked.get(achievement.id) ?? null,
    }));
  }

  #earnedBy(measure: string, value: number): Achievement[] {
    return (this.#byMeasure().get(measure) ?? []).filter(({ goal }) => value >= goal);
  }

  /** Whether everybody has it who had earned it before it was there. */
  #isSettled(db: BetterSQLite3Database, achievement: Achievement): boolean {
    const projection = findProjection(db, projectionOf(achievement));
    return projection !== undefined && isReplayed(projection);
  }

  #requestReplay(tx: Tx): void {
    if (this.#measures.isBehind(tx.db) || this.#nextToSettle(tx.db)) tx.request(REPLAY);
  }

  #nextToSettle(db: BetterSQLite3Database): Achievement | undefined {
    return [...this.#catalog.current.achievements.values()].find(
      (achievement) => !this.#isSettled(db, achievement) && this.#measures.isComplete(db, achievement.counts),
    );
  }

  #settleNext(tx: Tx): void {
    const achievement = this.#nextToSettle(tx.db);
    if (!achievement) return;
    const { id, goal, counts } = achievement;
    const holders = selectEarners(tx.db).all({ achievementId: id, measure: measureId(counts), goal });
    for (const holder of holders) this.#unlock(tx, holder, id, true);
    if (holders.length === UNLOCKS_PER_BATCH) return;
    const name = projectionOf(achievement);
    const projection = findProjection(tx.db, name);
    if (projection) advanceProjection(tx, name, projection.liveFrom - 1);
  }

  #unlock(tx: Tx, { guildId, userId }: Holder, achievementId: string, retroactive: boolean): void {
    const { changes } = insertUnlocked(tx.db).run({ guildId, userId, achievementId, unlockedAt: tx.now });
    if (changes > 0)
      tx.publish(achievementUnlocked, { guildId, userId, data: { achievementId, retroactive } });
  }
}

type Unlocked = DomainEvent<'achievementUnlocked', { readonly retroactive: boolean }>;

const REPLAY = { task: 'replayEvents', id: 'achievements', payload: { of: 'achievements' } } as const;

/** With what it takes to earn it: who has enough by a new rule is to be looked for again. */
function projectionOf({ id, goal, counts }: Achievement): string {
  return `${PROJECTIONS}${id}/${goal}/${measureId(counts)}`;
}

const { placeholder } = sql;

const insertUnlocked = prepared((db) =>
  db
    .insert(unlockedAchievements)
    .values({
      guildId: placeholder('guildId'),
      userId: placeholder('userId'),
      achievementId: placeholder('achievementId'),
      unlockedAt: placeholder('unlockedAt'),
    })
    .onConflictDoNothing()
    .prepare(),
);

const selectUnlocked = prepared((db) =>
  db
    .select()
    .from(unlockedAchievements)
    .where(
      and(
        eq(unlockedAchievements.guildId, placeholder('guildId')),
        eq(unlockedAchievements.userId, placeholder('userId')),
      ),
    )
    .prepare(),
);

/** Who has enough of a measure for an achievement and hasn't got it. */
const selectEarners = prepared((db) =>
  db
    .select({ guildId: measureCounts.guildId, userId: measureCounts.userId })
    .from(measureCounts)
    .where(
      and(
        eq(measureCounts.measure, placeholder('measure')),
        gte(measureCounts.value, placeholder('goal')),
        notExists(
          db
            .select({ one: sql`1` })
            .from(unlockedAchievements)
            .where(
              and(
                eq(unlockedAchievements.guildId, measureCounts.guildId),
                eq(unlockedAchievements.userId, measureCounts.userId),
                eq(unlockedAchievements.achievementId, placeholder('achievementId')),
              ),
            ),
        ),
      ),
    )
    .limit(UNLOCKS_PER_BATCH)
    .prepare(),
);
