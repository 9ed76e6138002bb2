import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { findEventDefinition, upgradeEvent } from '../../events/define-event.ts';
import type { DomainEvent } from '../../world/event.ts';
import { lastSequence, readEvents, sequenceOf } from '../../world/event-log.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import {
  advanceProjection,
  beginProjection,
  endProjection,
  findProjection,
  isReplayed,
  listProjections,
  type Projection,
} from '../../world/projections.ts';
import type { Tx } from '../../world/transaction.ts';
import type { CatalogSource } from '../content/catalog.ts';
import { perCatalog } from '../content/per-catalog.ts';
import type { Resumable } from '../resumable.ts';
import { FIGURES, type Figure } from './figures.ts';
import { type Measure, measureId, type Reading, readMeasure } from './measure.ts';
import { measureCounts, measureFacts } from './measures.table.ts';

/** How many events one transaction of a replay reads: some ten milliseconds. */
export const EVENTS_PER_BATCH = 500;

const PROJECTIONS = 'measure:';

/** What somebody has of a measure after an event added to it. */
export interface MeasureChange {
  /** The id of the measure. */
  readonly measure: string;
  readonly value: number;
}

/** A measure that is counted. */
interface Counted {
  readonly id: string;
  readonly measure: Measure;
}

/**
 * How much players have of what is measured. What is asked for is counted as it happens, and what happened before it
 * was asked for comes from the event log; an event counts on the one side or the other by its number in the log, so
 * that nothing counts twice (docs/decisions/0011-counting-what-happened-before.md).
 */
export class Measures implements Resumable {
  /** What is counted, by the event that it is counted of. */
  readonly #byEvent: () => ReadonlyMap<string, readonly Counted[]>;

  /**
   * @param catalog its achievements say what is counted
   * @param figures what is counted besides, to be shown
   */
  constructor(catalog: CatalogSource, figures: readonly Measure[] = Object.values(FIGURES)) {
    this.#byEvent = perCatalog(catalog, ({ achievements }) => {
      const wanted = [...figures, ...[...achievements.values()].map(({ counts }) => counts)];
      const distinct = new Map(wanted.map((measure) => [measureId(measure), measure]));
      const counted = [...distinct].map(([id, measure]) => ({ id, measure }));
      return Map.groupBy(counted, ({ measure }) => measure.event);
    });
  }

  /**
   * Begins what is wanted and hasn't begun, and forgets what nobody wants any more: nobody will count it from now on,
   * so if it is wanted again one day, all of it must come from the log. Call at each start, when every piece is loaded,
   * and when the content was replaced.
   *
   * A measure of an event that no code here knows, or that isn't kept, waits: there is nothing to count.
   */
  begin(tx: Tx): void {
    const wanted = new Set([...this.#byEvent().values()].flat().map(({ id }) => id));
    for (const { name } of listProjections(tx.db, PROJECTIONS)) {
      if (!wanted.has(name.slice(PROJECTIONS.length))) this.#forget(tx, name);
    }
    for (const [event, counted] of this.#byEvent()) {
      if (!findEventDefinition(event)?.definition.kept) continue;
      for (const { id } of counted) beginProjection(tx, PROJECTIONS + id);
    }
  }

  /** Whether anything is counted of such an event. */
  counts({ name, userId }: DomainEvent): boolean {
    return userId !== null && this.#byEvent().has(name);
  }

  /**
   * Counts an event as it happens, or when its delivery is tried again.
   *
   * @returns what has changed by it
   */
  observe(tx: Tx, event: DomainEvent): MeasureChange[] {
    const counted = this.#byEvent().get(event.name);
    const sequence = counted && sequenceOf(tx.db, event.id);
    if (!counted || sequence === undefined) return [];
    const isLive = ({ id }: Counted) => {
      const projection = findProjection(tx.db, PROJECTIONS + id);
      // What is older is for the replay, also when a listener gets it late.
      return projection !== undefined && sequence >= projection.liveFrom;
    };
    return this.#count(tx, counted, event, isLive);
  }

  /** Whether something that happened before the measures were live isn't counted yet. */
  isBehind(db: BetterSQLite3Database): boolean {
    return this.#openReplays(db).length > 0;
  }

  /** Counts some more of what happened before, and notes in the same transaction how far it has read. */
  replayNext(tx: Tx): void {
    const open = this.#openReplays(tx.db);
    if (open.length === 0) return;
    const after = Math.min(...open.map(({ replayedTo }) => replayedTo));
    const reading = new Set(open.filter(({ replayedTo }) => replayedTo === after).map(({ name }) => name));
    // As far as all of them read together; who is further already joins them there.
    const through = Math.min(
      ...open.map(({ name, liveFrom, replayedTo }) => (reading.has(name) ? liveFrom - 1 : replayedTo)),
    );
    const events = readEvents(tx.db, { after, through, limit: EVENTS_PER_BATCH });
    for (const event of events) {
      const counted = this.#byEvent().get(event.name);
      if (counted) this.#count(tx, counted, upgradeEvent(event), ({ id }) => reading.has(PROJECTIONS + id));
    }
    const readTo = events.length < EVENTS_PER_BATCH ? through : (events.at(-1)?.sequence ?? through);
    for (const name of reading) advanceProjection(tx, name, readTo);
  }

  /**
   * Counts everything that happened in a server which has just come into this world: its events are later in the log than
   * what a replay reads. What hasn't begun yet begins later, with all of the log.
   */
  resumeServer(tx: Tx, guildId: string): void {
    const hasBegun = ({ id }: Counted) => findProjection(tx.db, PROJECTIONS + id) !== undefined;
    const through = lastSequence(tx.db);
    for (let after = 0; after < through; ) {
      const events = readEvents(tx.db, { after, through, limit: EVENTS_PER_BATCH });
      for (const event of events) {
        const counted = event.guildId === guildId ? this.#byEvent().get(event.name) : undefined;
        if (counted) this.#count(tx, counted, upgradeEvent(event), hasBegun);
      }
      after = events.at(-1)?.sequence ?? through;
    }
  }

  /** Whether all that happened before is counted in a measure. */
  isComplete(db: BetterSQLite3Database, measure: Measure): boolean {
    const projection = findProjection(db, PROJECTIONS + measureId(measure));
    return projection !== undefined && isReplayed(projection);
  }

  /** How much somebody has of everything that is measured, by the id of the measure. What is missing is 0. */
  values(db: BetterSQLite3Database, { guildId, userId }: Holder): ReadonlyMap<string, number> {
    const rows = selectValues(db).all({ guildId, userId });
    return new Map(rows.map(({ measure, value }) => [measure, value]));
  }

  /** What is counted of somebody to be shown. */
  figures(db: BetterSQLite3Database, holder: Holder): Readonly<Record<Figure, number>> {
    const values = this.values(db, holder);
    const of = (figure: Figure) => values.get(measureId(FIGURES[figure])) ?? 0;
    return { crafted: of('crafted'), masterworks: of('masterworks'), gathered: of('gathered') };
  }

  #openReplays(db: BetterSQLite3Database): Projection[] {
    const counted = [...this.#byEvent().values()].flat();
    const begun = counted.flatMap(({ id }) => findProjection(db, PROJECTIONS + id) ?? []);
    return begun.filter((projection) => !isReplayed(projection));
  }

  #count(
    tx: Tx,
    counted: readonly Counted[],
    event: DomainEvent,
    applies: (counted: Counted) => boolean,
  ): MeasureChange[] {
    const { guildId, userId } = event;
    if (userId === null) return [];
    return counted.flatMap((each) => {
      const reading = readMeasure(each.measure, event);
      if (!reading || !applies(each)) return [];
      const value = this.#add(tx, { guildId, userId, measure: each.id }, reading);
      return value === undefined ? [] : [{ measure: each.id, value }];
    });
  }

  /** @returns the new value; undefined when it stays as it was */
  #add(tx: Tx, row: MeasureRow, reading: Reading): number | undefined {
    if (reading.kind === 'add') return addTo(tx.db).get({ ...row, amount: reading.amount })?.value;
    if (reading.kind === 'atLeast') return raiseTo(tx.db).get({ ...row, amount: reading.amount })?.value;
    const isNew = (fact: string) => noteFact(tx.db).run({ ...row, fact }).changes > 0;
    const amount = reading.facts.filter(isNew).length;
    return amount === 0 ? undefined : addTo(tx.db).get({ ...row, amount })?.value;
  }

  #forget(tx: Tx, name: string): void {
    const measure = name.slice(PROJECTIONS.length);
    tx.db.delete(measureCounts).where(eq(measureCounts.measure, measure)).run();
    tx.db.delete(measureFacts).where(eq(measureFacts.measure, measure)).run();
    endProjection(tx, name);
  }
}

interface MeasureRow extends Holder {
  readonly measure: string;
}

const { placeholder } = sql;

const row = {
  guildId: placeholder('guildId'),
  userId: placeholder('userId'),
  measure: placeholder('measure'),
};

const key = [measureCounts.guildId, measureCounts.userId, measureCounts.measure];

const addTo = prepared((db) =>
  db
    .insert(measureCounts)
    .values({ ...row, value: placeholder('amount') })
    .onConflictDoUpdate({
      target: key,
      // Points have fractions. Rounded, their sum is the same in whatever order they are added.
      set: { value: sql`round(${measureCounts.value} + ${placeholder('amount')}, 3)` },
    })
    .returning({ value: measureCounts.value })
    .prepare(),
);

const raiseTo = prepared((db) =>
  db
    .insert(measureCounts)
    .values({ ...row, value: placeholder('amount') })
    .onConflictDoUpdate({
      target: key,
      set: { value: sql`${placeholder('amount')}` },
      setWhere: sql`${measureCounts.value} < ${placeholder('amount')}`,
    })
    .returning({ value: measureCounts.value })
    .prepare(),
);

const noteFact = prepared((db) =>
  db
    .insert(measureFacts)
    .values({ ...row, fact: placeholder('fact') })
    .onConflictDoNothing()
    .prepare(),
);

const selectValues = prepared((db) =>
  db
    .select({ measure: measureCounts.measure, value: measureCounts.value })
    .from(measureCounts)
    .where(
      and(eq(measureCounts.guildId, placeholder('guildId')), eq(measureCounts.userId, placeholder('userId'))),
    )
    .prepare(),
);
