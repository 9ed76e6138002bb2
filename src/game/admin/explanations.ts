import { type SQL, sql } from 'drizzle-orm';
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
    const rows = db.all<Row>(storyQuery({ guildId, userId }, asset, Math.max(0, number)));
    const { came = 0, went = 0, page = 0, lines = 0 } = rows[0] ?? {};
    return {
      asset,
      came,
      went,
      now: came - went,
      lines: rows.map(toLine),
      number: page,
      count: Math.max(1, Math.ceil(lines / LINES_PER_PAGE)),
    };
  }
}

/** As a literal: a number that is bound is a fraction to SQLite, and so is what is divided by it. */
const SIZE = sql.raw(String(LINES_PER_PAGE));

/**
 * The lines of a page, with what the whole story comes to. What they had after a line is what they have now without what
 * came after it: so only the changes themselves are added up of what isn't on the page, however long the story is.
 */
export function storyQuery({ guildId, userId }: Holder, asset: Asset, number: number): SQL {
  const isTheirs = sql`ledger.guild_id = ${guildId} AND ledger.user_id = ${userId} AND ledger.asset = ${asset}`;
  return sql`
    WITH whole AS (
      SELECT count(*) AS lines, sum(max(change, 0)) AS came, sum(max(-change, 0)) AS went,
             CAST(min(${number}, (count(*) - 1) / ${SIZE}) AS INTEGER) AS page
      FROM ledger WHERE ${isTheirs}),
    told AS (
      SELECT id, change, event_id, occurred_at FROM ledger WHERE ${isTheirs}
      ORDER BY id DESC LIMIT ${SIZE} OFFSET (SELECT page * ${SIZE} FROM whole)),
    newer AS (
      SELECT coalesce(sum(change), 0) AS change FROM ledger WHERE ${isTheirs} AND id > (SELECT max(id) FROM told))
    SELECT told.change, told.occurred_at AS occurredAt, whole.lines, whole.page, whole.came, whole.went,
           whole.came - whole.went - newer.change + told.change - sum(told.change) OVER (ORDER BY told.id DESC) AS balance,
           ${eventAsJson('event')} AS event, iif(cause.id IS NULL, NULL, ${eventAsJson('cause')}) AS cause,
           iif(crafts.id IS NULL, NULL, json_object(
             'state', crafts.state, 'completesAt', crafts.completes_at, 'endedAt', crafts.ended_at)) AS craft
    FROM told JOIN whole JOIN newer
    JOIN events AS event ON event.id = told.event_id
    LEFT JOIN events AS cause ON cause.id = event.cause_id AND cause.guild_id = ${guildId}
    LEFT JOIN crafts ON crafts.id = event.data ->> 'craftId' AND crafts.guild_id = ${guildId}
    ORDER BY told.id DESC`;
}

interface Row {
  readonly change: number;
  readonly balance: number;
  readonly occurredAt: number;
  readonly page: number;
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
