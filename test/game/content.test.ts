import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { ContentError, loadCatalog } from '../../src/game/content/load.ts';
import { temporaryFolder } from '../support/game.ts';

const CONTENT = join(PROJECT_ROOT, 'data/content');

/** The content that players get, with one file changed. */
function contentWith(file: string, text: string): string {
  const folder = temporaryFolder('content');
  cpSync(CONTENT, folder, { recursive: true });
  writeFileSync(join(folder, file), text);
  return folder;
}

/** What is said about content that cannot be used. */
function complaintAbout(folder: string): string {
  try {
    loadCatalog(folder);
  } catch (error) {
    if (error instanceof ContentError) return error.message;
    throw error;
  }
  throw new Error('There was no complaint.');
}

describe('the content', () => {
  test('that players get can be used, and has something for every wait', () => {
    const { items, recipes, places, achievements, starter } = loadCatalog(CONTENT);
    expect(items.size).toBeGreaterThanOrEqual(60);
    expect(recipes.size).toBeGreaterThanOrEqual(45);
    expect(places.size).toBeGreaterThanOrEqual(8);
    expect(achievements.size).toBeGreaterThanOrEqual(30);
    expect(starter.length).toBeGreaterThan(0);
    const times = [...recipes.values()].map(({ time }) => time);
    expect(Math.min(...times)).toBeLessThan(60_000);
    expect(times).toContain(4 * 60 * 60_000);
    expect([...recipes.values()].some(({ makes }) => items.get(makes)?.rarity === 'rare')).toBe(true);
  });

  test('of which a file is missing cannot be used, and the file is named', () => {
    const folder = contentWith('items.yaml', '');
    rmSync(join(folder, 'recipes.yaml'));
    expect(complaintAbout(folder)).toContain('recipes.yaml');
  });

  test.each([
    ['is empty', 'items.yaml', '', 'items'],
    ['is not YAML', 'items.yaml', 'coal: { category: raw', 'items.yaml:1: '],
    ['says a thing twice', 'starter.yaml', 'coal: 1\ncoal: 2\n', 'starter.yaml:2: Map keys must be unique'],
    [
      'has a rarity that is none',
      'items.yaml',
      'coal: { category: raw, rarity: shiny, emoji: c }',
      'items.coal.rarity',
    ],
    [
      'has a word that means nothing',
      'items.yaml',
      'coal: { category: raw, rarity: common, emoji: c, colour: black }',
      'colour',
    ],
    [
      'has a time that is none',
      'recipes.yaml',
      'coal: { makes: coal, takes: { oak_log: 1 }, time: soon }',
      '"soon" is not a time',
    ],
    [
      'has an instant recipe',
      'recipes.yaml',
      'coal: { makes: coal, takes: { oak_log: 1 }, time: 0s }',
      '"0s" is not a time',
    ],
    [
      'takes less than nothing',
      'recipes.yaml',
      'coal: { makes: coal, takes: { oak_log: -1 }, time: 5s }',
      'recipes.coal.takes.oak_log',
    ],
    [
      'takes half of something',
      'recipes.yaml',
      'coal: { makes: coal, takes: { oak_log: 0.5 }, time: 5s }',
      'recipes.coal.takes.oak_log',
    ],
    [
      'makes something out of nothing',
      'recipes.yaml',
      'coal: { makes: coal, takes: {}, time: 5s }',
      'recipes.coal.takes',
    ],
    [
      'has an id that no button could carry',
      'items.yaml',
      '"Coal!": { category: raw, rarity: common, emoji: c }',
      'Coal!',
    ],
    [
      'counts what nobody counts',
      'achievements.yaml',
      'idler: { counts: naps, goal: 1, emoji: z }',
      'achievements.idler.counts',
    ],
    [
      'has a goal that is always reached',
      'achievements.yaml',
      'idler: { counts: itemsCrafted, goal: 0, emoji: z }',
      'achievements.idler.goal',
    ],
    [
      'makes an item that is not there',
      'recipes.yaml',
      'gold: { makes: gold, takes: { oak_log: 1 }, time: 5s }',
      'The recipe "gold" names the item "gold"',
    ],
    [
      'takes an item that is not there',
      'recipes.yaml',
      'coal: { makes: coal, takes: { gold: 1 }, time: 5s }',
      'The recipe "coal" names the item "gold"',
    ],
    [
      'starts with an item that is not there',
      'starter.yaml',
      'gold: 1',
      'starter materials names the item "gold"',
    ],
  ])('in which a file %s cannot be used, and it is said where', (_what, file, text, complaint) => {
    const folder = contentWith(file, text);
    expect(complaintAbout(folder)).toContain(folder);
    expect(complaintAbout(folder)).toContain(complaint);
  });

  test('says everything that is wrong at once', () => {
    const complaint = complaintAbout(contentWith('starter.yaml', 'gold: 1\nsilver: 2\n'));
    expect(complaint).toContain('"gold"');
    expect(complaint).toContain('"silver"');
  });
});
