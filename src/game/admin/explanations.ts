import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { findEventDefinition, upgradeEvent } from '../../events/define-event.ts';
import type { DomainEvent } from '../../world/event.ts';
import type { Asset, Holder } from '../../world/ledger.ts';
import type { Craft } from '../crafting/crafts.table.ts';

/** How many lines of a story a page has. */
export const LINES_PER_PAGE = 8;

/** How much of one thing somebody ever got, lost, and so has. */
export interface Flow {
  readonly asset: Asset;
  readonly came: number;
  readonly went: number;
  /** What came less what went. */
  readonly now: number;
}

/** One change of what somebody has of one thing. */
export interface LedgerLine {
  readonly change: number;
  /** What they had after it. */
  readonly balance: number;
  /** In milliseconds UTC. */
  readonly occurredAt: number;
  readonly event: DomainEvent;
  /** The event that led to that one; undefined where it was somebody's doing. */
  readonly cause: DomainEvent | undefined;
  /** What became of the craft that it is about; undefined where it is about none. */
  readonly craft: Pick<Craft, 'state' | 'completesAt' | 'endedAt'> | undefined;
}

/** A part of how somebody came by something, and what they did with it. */
export interface Story extends Flow {
  /** The newest first. */
  readonly lines: readonly LedgerLine[];
  /** Which page this is, the first is 0. */
  readonly number: number;
  /** How many pages there are, 1 at least. */
  readonly count: number;
}

/** The ledger, told so that people understand it: where everything came from, and where it went. */
export class Explanations {
  /** Everything that somebody has or ever had; what changed last comes first. */
  summary(db: BetterSQLite3Database, { guildId, userId }: Holder): Flow[] {
    return db.all<Flow>(sql`
      SELECT asset, sum(max(change, 0)) AS came, sum(max(-change, 0)) AS went, sum(change) AS now
      FROM ledger WHERE guild_id = ${guildId} AND user_id = ${userId}
      GROUP BY asset ORDER BY max(id) DESC`);
  }

  /**
   * A page of the story of one thing, in the order in which it was written down.
   *
   * @param number the page that is asked for; the last one if there are fewer
   */
  story(db: BetterSQLite3Database, { guildId, userId }: Holder, asset: Asset, number: number): Story {
    const rows = db.all<Row>(sql`
      WITH told AS (
        SELECT id, change, event_id, occurred_at, sum(change) OVER (ORDER BY id) AS balance,
               row_number() OVER (ORDER BY id DESC) - 1 AS line, count(*) OVER () AS lines,
               sum(max(change, 0)) OVER () AS came, sum(max(-change, 0)) OVER () AS went
        FROM ledger WHERE guild_id = ${guildId} AND user_id = ${userId} AND asset = ${asset})
      SELECT told.change, told.balance, told.occurred_at AS occurredAt, told.line, told.lines, told.came, told.went,
             ${eventAsJson('event')} AS event, iif(cause.id IS NULL, NULL, ${eventAsJson('cause')}) AS cause,
             iif(crafts.id IS NULL, NULL, json_object(
               'state', crafts.state, 'completesAt', crafts.completes_at, 'endedAt', crafts.ended_at)) AS craft
      FROM told
      JOIN events AS event ON event.id = told.event_id
      LEFT JOIN events AS cause ON cause.id = event.cause_id
      LEFT JOIN crafts ON crafts.id = event.data ->> 'craftId'
      WHERE told.line / ${PAGE} = min(${Math.max(0, number)}, (told.lines - 1) / ${PAGE})
      ORDER BY told.line`);
    const { came = 0, went = 0, line = 0, lines = 0 } = rows[0] ?? {};
    return {
      asset,
      came,
      went,
      now: came - went,
      lines: rows.map(toLine),
      number: Math.floor(line / LINES_PER_PAGE),
      count: Math.max(1, Math.ceil(lines / LINES_PER_PAGE)),
    };
  }
}

/** As a literal: a number that is bound is a fraction to SQLite, and so is what is divided by it. */
const PAGE = sql.raw(String(LINES_PER_PAGE));

interface Row {
  readonly change: number;
  readonly balance: number;
  readonly occurredAt: number;
  readonly line: number;
  readonly lines: number;
  readonly came: number;
  readonly went: number;
  readonly event: string;
  readonly cause: string | null;
  readonly craft: string | null;
}

function eventAsJson(table: 'event' | 'cause') {
  const column = (name: string) => sql.raw(`${table}.${name}`);
  return sql`json_object(
    'id', ${column('id')}, 'name', ${column('name')}, 'version', ${column('version')},
    'guildId', ${column('guild_id')}, 'userId', ${column('user_id')}, 'occurredAt', ${column('occurred_at')},
    'causeId', ${column('cause_id')}, 'data', json(${column('data')}))`;
}

function toLine({ change, balance, occurredAt, event, cause, craft }: Row): LedgerLine {
  return {
    change,
    balance,
    occurredAt,
    event: readEvent(event),
    cause: cause === null ? undefined : readEvent(cause),
    craft: craft === null ? undefined : (JSON.parse(craft) as LedgerLine['craft']),
  };
}

/** What no code knows any more is taken as it was written: the change has to be told all the same. */
function readEvent(json: string): DomainEvent {
  const event = JSON.parse(json) as DomainEvent;
  return findEventDefinition(event.name) ? upgradeEvent(event) : event;
}
