import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/** What somebody has, or how much of something happened. */
export interface Count {
  readonly name: string;
  readonly count: number;
}

/** Something that one player did for the first time. */
export interface First {
  readonly userId: string;
  readonly itemId: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** What the world's tables say at the end. */
export interface Figures {
  /** XP by what it was granted for. */
  readonly xpSources: readonly Count[];
  /** How often each recipe was crafted. */
  readonly recipes: readonly Count[];
  /** How many trips each place has seen. */
  readonly places: readonly Count[];
  /** How many players have earned each achievement. */
  readonly achievements: readonly Count[];
  /** How many of each item came into the world, however. */
  readonly produced: readonly Count[];
  /** How many of each item are there at the end. */
  readonly held: readonly Count[];
  /** How many items each player has at the end. */
  readonly wealth: readonly { readonly userId: string; readonly itemId: string; readonly quantity: number }[];
  /** When each player crafted each item for the first time. */
  readonly firsts: readonly First[];
  readonly crafted: readonly {
    readonly rarity: string;
    readonly count: number;
    readonly masterworks: number;
  }[];
  readonly events: number;
}

/** Reads them. */
export function readFigures(db: BetterSQLite3Database): Figures {
  const count = (name: string, amount: string, from: string) =>
    db.all<Count>(
      sql.raw(`SELECT ${name} AS name, ${amount} AS count FROM ${from} GROUP BY 1 ORDER BY 2 DESC, 1`),
    );
  const of = (event: string) => `events WHERE name = '${event}'`;
  const field = (name: string) => `json_extract(data, '$.${name}')`;
  return {
    xpSources: count(field('reason'), `sum(${field('amount')})`, of('xpGranted')),
    recipes: count(field('recipeId'), `sum(${field('crafted')})`, of('itemCrafted')),
    places: count(field('placeId'), 'count(*)', of('itemsGathered')),
    achievements: count('achievement_id', 'count(*)', 'unlocked_achievements'),
    // A gift makes nothing: it is counted where the item came from.
    produced: count(
      'substr(asset, 6)',
      'sum(change)',
      `ledger JOIN events ON events.id = event_id
       WHERE asset LIKE 'item:%' AND change > 0 AND name NOT IN ('itemGiven', 'craftCancelled')`,
    ),
    held: count('substr(asset, 6)', 'sum(quantity)', "balances WHERE asset LIKE 'item:%' AND quantity > 0"),
    wealth: db.all(sql`
      SELECT user_id AS userId, substr(asset, 6) AS itemId, quantity
      FROM balances WHERE asset LIKE 'item:%' AND quantity > 0`),
    firsts: db.all(sql`
      SELECT user_id AS userId, json_extract(data, '$.itemId') AS itemId, min(occurred_at) AS at
      FROM events WHERE name = 'itemCrafted' GROUP BY 1, 2`),
    crafted: db.all(sql`
      SELECT json_extract(data, '$.rarity') AS rarity, sum(json_extract(data, '$.quantity')) AS count,
             sum(json_extract(data, '$.masterworks')) AS masterworks
      FROM events WHERE name = 'itemCrafted' GROUP BY 1`),
    events: db.get<{ count: number }>(sql`SELECT count(*) AS count FROM events`)?.count ?? 0,
  };
}
