import { and, count, desc, eq, isNull, or, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { alias } from 'drizzle-orm/sqlite-core';
import { adminActionIn, upgradeEvent } from '../../events/define-event.ts';
import { settingsChanged } from '../../events/settingsChanged.ts';
import type { DomainEvent } from '../../world/event.ts';
import { events } from '../../world/events.table.ts';
import type { Tx } from '../../world/transaction.ts';
import { adminActions } from './admin-actions.table.ts';

/** How many actions a page of the record has. */
export const ACTIONS_PER_PAGE = 8;

/** Something that one of those who run a server did. */
export interface RecordedAction {
  readonly event: DomainEvent;
  /** Who did it. */
  readonly adminId: string;
  /** The event of the action that was taken back by this one; null where it did something new. */
  readonly undoes: string | null;
  /** By whom and when it was taken back; null while it stands. */
  readonly undone: { readonly adminId: string; readonly at: number } | null;
}

/** A part of the record. */
export interface RecordPage {
  /** The newest first. */
  readonly entries: readonly RecordedAction[];
  /** Which page this is, the first is 0. */
  readonly number: number;
  /** How many pages there are, 1 at least. */
  readonly count: number;
  /** How many actions there are in all. */
  readonly total: number;
}

/** The record of what those who run a server did there: every event whose definition says that it is theirs. */
export class AdminLog {
  /** Takes an action into the record. Does nothing for an event that is none, or that is in it already. */
  note(tx: Tx, event: DomainEvent): void {
    const action = adminActionIn(event);
    if (!action) return;
    const { id: eventId, guildId, occurredAt } = event;
    tx.db
      .insert(adminActions)
      .values({ eventId, guildId, ...action, occurredAt })
      .onConflictDoNothing()
      .run();
  }

  /** Notes that an action was taken back. @returns false when that had been done before */
  markUndone(tx: Tx, eventId: string, undoneBy: string): boolean {
    const { changes } = tx.db
      .update(adminActions)
      .set({ undoneBy })
      .where(and(eq(adminActions.eventId, eventId), isNull(adminActions.undoneBy)))
      .run();
    return changes > 0;
  }

  /**
   * A page of what was done in a server.
   *
   * @param about whose: what they did and what concerns them; undefined for all of it
   * @param number the page that is asked for; the last one if there are fewer by now
   */
  page(db: BetterSQLite3Database, guildId: string, about: string | undefined, number: number): RecordPage {
    const where = and(eq(adminActions.guildId, guildId), about === undefined ? undefined : isAbout(about));
    const total = db.select({ total: count() }).from(adminActions).where(where).get()?.total ?? 0;
    const pages = Math.max(1, Math.ceil(total / ACTIONS_PER_PAGE));
    const shown = Math.min(Math.max(0, number), pages - 1);
    const rows = selectActions(db)
      .where(where)
      .limit(ACTIONS_PER_PAGE)
      .offset(shown * ACTIONS_PER_PAGE)
      .all();
    return { entries: rows.map(recorded), number: shown, count: pages, total };
  }

  /** The last change of a setting that stands: neither taken back nor itself a taking back; undefined where there is none. */
  lastStandingChange(
    db: BetterSQLite3Database,
    guildId: string,
    setting: string,
  ): RecordedAction | undefined {
    const row = selectActions(db)
      .where(
        and(
          eq(adminActions.guildId, guildId),
          isStanding,
          eq(events.name, settingsChanged.name),
          sql`${events.data} ->> 'setting' = ${setting}`,
        ),
      )
      .limit(1)
      .get();
    return row && recorded(row);
  }

  /** One action; undefined where it isn't in the record. */
  find(db: BetterSQLite3Database, eventId: string): RecordedAction | undefined {
    const row = selectActions(db).where(eq(adminActions.eventId, eventId)).get();
    return row && recorded(row);
  }

  /**
   * What was done last and stands: neither taken back nor itself a taking back.
   *
   * @param names the events that count
   */
  standing(
    db: BetterSQLite3Database,
    guildId: string,
    names: readonly string[],
    limit: number,
  ): RecordedAction[] {
    return selectActions(db)
      .where(
        and(
          eq(adminActions.guildId, guildId),
          isStanding,
          sql`${events.name} IN (SELECT value FROM json_each(${JSON.stringify(names)}))`,
        ),
      )
      .limit(limit)
      .all()
      .map(recorded);
  }
}

const isStanding = and(isNull(adminActions.undoes), isNull(adminActions.undoneBy));

const undoing = alias(events, 'undoing');

/** Actions with their events, the newest first. */
function selectActions(db: BetterSQLite3Database) {
  return db
    .select({ action: adminActions, event: events, undoing })
    .from(adminActions)
    .innerJoin(events, eq(events.id, adminActions.eventId))
    .leftJoin(undoing, eq(undoing.id, adminActions.undoneBy))
    .orderBy(desc(adminActions.occurredAt), desc(events.sequence))
    .$dynamic();
}

function isAbout(userId: string) {
  return or(eq(adminActions.adminId, userId), eq(adminActions.userId, userId));
}

type Row = ReturnType<ReturnType<typeof selectActions>['all']>[number];

function recorded({ action, event, undoing }: Row): RecordedAction {
  const { adminId, undoes } = action;
  return { event: read(event), adminId, undoes, undone: undoing && undoneBy(read(undoing)) };
}

function undoneBy(event: DomainEvent): RecordedAction['undone'] {
  return { adminId: adminActionIn(event)?.adminId ?? '', at: event.occurredAt };
}

function read({ sequence: _, ...event }: typeof events.$inferSelect): DomainEvent {
  return upgradeEvent(event);
}
