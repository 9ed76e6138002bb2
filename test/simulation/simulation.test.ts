import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { progressOf } from '../../simulation/progress.ts';
import { gini, report } from '../../simulation/report.ts';
import { type Simulation, simulate } from '../../simulation/simulate.ts';
import { STRATEGIES } from '../../simulation/strategies.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { loadCatalog } from '../../src/game/content/load.ts';

const catalog = loadCatalog(join(PROJECT_ROOT, 'data/content'));

/** What two towns of the same story have in common: everything but how long it took. */
function story({ took: _, options: _options, ...rest }: Simulation) {
  return rest;
}

describe('a simulated town', () => {
  const options = { catalog, players: 10, days: 3, seed: 'test' };

  test('leaves no doubt: the ledger is right, nobody has less than nothing, nothing is owed', async () => {
    const days: number[] = [];
    const town = await simulate({ ...options, onDay: (day) => days.push(day) });
    expect(town.complaints).toEqual([]);
    expect(days).toEqual([1, 2, 3]);
    expect(town.figures.held.every(({ count }) => count > 0)).toBe(true);
    expect(town.residents).toHaveLength(10);
    expect(town.residents.reduce((total, { actions }) => total + actions, 0)).toBeGreaterThan(100);
    expect(Math.max(...(town.levels.at(-1) ?? []))).toBeGreaterThan(1);
    expect(town.figures.recipes.length).toBeGreaterThan(0);
    expect(town.figures.places.length).toBeGreaterThan(0);
    const page = report(town);
    for (const title of ['Levels', 'The first of each tier', 'Wealth', 'Achievements', 'Dead ends']) {
      expect(page).toContain(`## ${title}`);
    }
  });

  test('tells the same story again for the same seed, and another for another', async () => {
    const small = { ...options, players: 4, days: 1 };
    const first = story(await simulate(small));
    expect(story(await simulate(small))).toEqual(first);
    expect(story(await simulate({ ...small, seed: 'other' }))).not.toEqual(first);
  });

  test('has somebody of every strategy as soon as there is room', async () => {
    const { residents } = await simulate({ ...options, players: 12, days: 1 });
    expect(new Set(residents.map(({ strategy }) => strategy))).toEqual(new Set(Object.keys(STRATEGIES)));
  });
});

describe('the progress of one player', () => {
  test('begins within the first days, and is foreseen beyond', async () => {
    const { tiers, levels, foreseen } = await progressOf(catalog, 'casual', 3);
    expect(tiers.get('refined')).toBeDefined();
    expect(tiers.get('component')).toBeDefined();
    expect(tiers.get('finished')).toBeDefined();
    expect(levels.has(30)).toBe(false);
    expect(foreseen.get(30)).toBeGreaterThan(foreseen.get(20) ?? 0);
  });
});

describe('the Gini coefficient', () => {
  test('is 0 where all have the same, and nears 1 where one has everything', () => {
    expect(gini([5, 5, 5, 5])).toBeCloseTo(0);
    expect(gini([0, 0, 0, 0, 0, 0, 0, 0, 0, 7])).toBeCloseTo(0.9);
    expect(gini([])).toBe(0);
  });
});
