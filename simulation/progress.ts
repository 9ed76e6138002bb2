import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, inArray } from 'drizzle-orm';
import type { Catalog } from '../src/game/content/catalog.ts';
import { CATEGORIES, type Category } from '../src/game/content/schema.ts';
import { xpToNextLevel } from '../src/game/progression/levels.ts';
import { events } from '../src/world/events.table.ts';
import { DAY } from './clock.ts';
import { Player } from './player.ts';
import { live } from './run.ts';
import type { StrategyName } from './strategies.ts';
import { BEGINNING, Town } from './town.ts';

export const MILESTONE_LEVELS = [5, 10, 20, 30] as const;

/** By the pace of so many last days it is foreseen what lies beyond. */
const PACE_OF = 7 * DAY;

/** How long it took somebody to get somewhere, in milliseconds. What isn't there they didn't reach. */
export interface Progress {
  readonly tiers: ReadonlyMap<Category, number>;
  readonly levels: ReadonlyMap<number, number>;
  /** When the levels that they didn't reach would come if they went on gaining XP as in the last week. */
  readonly foreseen: ReadonlyMap<number, number>;
  /** How long they played. */
  readonly span: number;
}

/** Lets one player play alone, with the real rules, until they have been everywhere or the days are over. */
export async function progressOf(
  catalog: Catalog,
  strategy: StrategyName,
  days: number,
  seed = 'progress',
): Promise<Progress> {
  const folder = mkdtempSync(join(tmpdir(), 'forgeling-progress-'));
  const town = await Town.found({ catalog, seed: `${seed}/${strategy}`, file: join(folder, 'world.sqlite') });
  try {
    const player = new Player(town, 1, strategy, seed, BEGINNING);
    const arrives = BEGINNING + DAY / 2;
    await live(town, [{ player, arrives }], days, () => isEverywhere(readProgress(town, catalog, arrives)));
    return readProgress(town, catalog, arrives);
  } finally {
    town.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readProgress(town: Town, catalog: Catalog, since: number): Progress {
  const tiers = new Map<Category, number>();
  const levels = new Map<number, number>();
  const span = town.clock.now() - since;
  let xp = 0;
  let recently = 0;
  const rows = town.world.reader
    .select()
    .from(events)
    .where(inArray(events.name, ['itemCrafted', 'userLeveledUp', 'xpGranted']))
    .orderBy(asc(events.sequence))
    .all();
  for (const { name, data, occurredAt } of rows) {
    // Which of these there are depends on the event's name.
    const { itemId, to, amount } = data as { itemId: string; to: number; amount: number };
    const at = occurredAt - since;
    if (name === 'itemCrafted') noteFirst(tiers, catalog.item(itemId).category, at);
    if (name === 'userLeveledUp') {
      for (const level of MILESTONE_LEVELS) if (level <= to) noteFirst(levels, level, at);
    }
    if (name !== 'xpGranted') continue;
    xp += amount;
    if (at > span - PACE_OF) recently += amount;
  }
  const pace = recently / Math.min(PACE_OF, span);
  const foreseen = MILESTONE_LEVELS.filter((level) => !levels.has(level) && pace > 0).map(
    (level) => [level, span + (xpUpTo(level) - xp) / pace] as const,
  );
  return { tiers, levels, foreseen: new Map(foreseen), span };
}

function noteFirst<Key>(firsts: Map<Key, number>, key: Key, at: number): void {
  if (!firsts.has(key)) firsts.set(key, at);
}

/** All the XP that it takes to get to a level. */
function xpUpTo(level: number): number {
  let xp = 0;
  for (let each = 1; each < level; each++) xp += xpToNextLevel(each);
  return xp;
}

function isEverywhere({ tiers, levels }: Progress): boolean {
  return tiers.size >= CATEGORIES.length - 1 && levels.size === MILESTONE_LEVELS.length;
}
