import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announcementChannel } from '../src/game/announcements/settings.ts';
import type { Catalog } from '../src/game/content/catalog.ts';
import { verifyLedger } from '../src/world/ledger.ts';
import { seededRandom } from '../src/world/random.ts';
import { DAY, MINUTE } from './clock.ts';
import { type Figures, readFigures } from './figures.ts';
import { Player } from './player.ts';
import { live, type Settler } from './run.ts';
import { MIX, type StrategyName } from './strategies.ts';
import { BEGINNING, GUILD, SQUARE, Town } from './town.ts';

/** One in five players isn't there from the first day on, but comes within this time. */
const LATECOMERS_WITHIN = 10 * DAY;

export interface SimulationOptions {
  readonly catalog: Catalog;
  readonly players: number;
  readonly days: number;
  readonly seed: string;
  /** Told of each day that is over. */
  readonly onDay?: (day: number, actions: number) => void;
}

/** A player as the report sees them. */
export interface Resident {
  readonly userId: string;
  readonly strategy: StrategyName;
  /** In milliseconds UTC. */
  readonly arrives: number;
  readonly actions: number;
  readonly longestStuck: number;
}

/** What became of a town. */
export interface Simulation {
  readonly options: SimulationOptions;
  readonly residents: readonly Resident[];
  /** The level of everybody at the end of each day, in the order of the residents. */
  readonly levels: readonly (readonly number[])[];
  readonly figures: Figures;
  /** How often players were told no, by the refusal's code. */
  readonly refusals: ReadonlyMap<string, number>;
  /** What must not be; empty when all is well. */
  readonly complaints: readonly string[];
  readonly jobs: number;
  readonly messages: number;
  /** How long it took, in milliseconds. */
  readonly took: number;
}

/** Lets many players live in a town for some days. The same seed gives the same story. */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const { catalog, days, seed, onDay } = options;
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'forgeling-simulation-'));
  const town = await Town.found({ catalog, seed, file: join(folder, 'world.sqlite') });
  try {
    town.world.transact({ cause: 'settings' }, (tx) =>
      town.game.settings.set(tx, GUILD, '1', announcementChannel, SQUARE),
    );
    const settlers = settle(town, options);
    const levels: number[][] = [];
    await live(town, settlers, days, (day) => {
      levels.push(settlers.map(({ player }) => player.level()));
      onDay?.(
        day,
        settlers.reduce((total, { player }) => total + player.actions, 0),
      );
      return false;
    });
    return {
      options,
      residents: settlers.map(({ player, arrives }) => ({
        userId: player.actor.userId,
        strategy: player.strategyName,
        arrives,
        actions: player.actions,
        longestStuck: player.longestStuck,
      })),
      levels,
      figures: readFigures(town.world.reader),
      refusals: addUp(settlers.map(({ player }) => player.refusals)),
      complaints: complaintsAbout(town),
      jobs: town.jobs,
      messages: town.messages,
      took: performance.now() - startedAt,
    };
  } finally {
    town.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function settle(town: Town, { players, seed }: SimulationOptions): Settler[] {
  const random = seededRandom(`${seed}/settlers`);
  const settlers = strategiesFor(players).map((strategy, index) => {
    const within = random.chance(0.2) ? LATECOMERS_WITHIN : DAY;
    const arrives = BEGINNING + random.integer(0, within / MINUTE) * MINUTE;
    return { player: new Player(town, index + 1, strategy, seed, arrives), arrives };
  });
  const everybody = settlers.map(({ player }) => player.actor.userId);
  for (const { player } of settlers) player.meet(everybody);
  return settlers;
}

/** As many of each strategy as the mix says, and one of each as long as there is room. */
function strategiesFor(players: number): StrategyName[] {
  const names = Object.keys(MIX) as StrategyName[];
  const total = names.reduce((sum, name) => sum + MIX[name], 0);
  const more = names.flatMap((name) =>
    new Array<StrategyName>(Math.max(0, Math.round((MIX[name] / total) * players) - 1)).fill(name),
  );
  const everybody = [...names, ...more].slice(0, players);
  return everybody.concat(new Array<StrategyName>(players - everybody.length).fill('casual'));
}

function addUp(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const [name, count] of counts.flatMap((each) => [...each])) {
    total.set(name, (total.get(name) ?? 0) + count);
  }
  return total;
}

function complaintsAbout({ world, failures, clock }: Town): string[] {
  const { pending, dead } = world.deliveries.count();
  const nextJobAt = world.outbox.toHandOver(1)[0]?.runAt ?? Number.POSITIVE_INFINITY;
  return [
    ...verifyLedger(world.reader).map(
      ({ userId, asset, balance, ledger }) =>
        `The balance of ${asset} of ${userId} is ${balance}, and the ledger says ${ledger}.`,
    ),
    ...(pending + dead > 0 ? [`${pending} deliveries are pending and ${dead} are dead.`] : []),
    ...(nextJobAt < clock.now() ? ['A job that was due has not been run.'] : []),
    ...new Set(failures),
  ];
}
