import { describe, expect, test } from 'vitest';
import { type Measure, measureId, measureSchema, readMeasure } from '../../src/game/measures/measure.ts';
import type { DomainEvent } from '../../src/world/event.ts';

function event(name: string, data: object): DomainEvent {
  return { id: 'x', name, version: 1, guildId: '1', userId: '2', occurredAt: 0, causeId: 'y', data };
}

const gathered = event('itemsGathered', {
  placeId: 'meadow',
  total: 7,
  items: [
    { itemId: 'herb', quantity: 4 },
    { itemId: 'star_shard', quantity: 2 },
    { itemId: 'star_shard', quantity: 1 },
  ],
});

const read = (measure: Omit<Measure, 'event'>, of = gathered) =>
  readMeasure({ event: 'itemsGathered', ...measure }, of);

describe('a measure', () => {
  test('counts the events of its kind, and no others', () => {
    expect(read({})).toEqual({ kind: 'add', amount: 1 });
    expect(read({}, event('itemCrafted', {}))).toBeUndefined();
  });

  test('adds up a number, keeps the greatest, or collects what is different', () => {
    expect(read({ sum: 'total' })).toEqual({ kind: 'add', amount: 7 });
    expect(read({ most: 'total' })).toEqual({ kind: 'atLeast', amount: 7 });
    expect(read({ distinct: 'placeId' })).toEqual({ kind: 'facts', facts: ['meadow'] });
  });

  test('looks at each entry of a list', () => {
    expect(read({ each: 'items' })).toEqual({ kind: 'add', amount: 3 });
    expect(read({ each: 'items', sum: 'quantity' })).toEqual({ kind: 'add', amount: 7 });
    expect(read({ each: 'items', most: 'quantity' })).toEqual({ kind: 'atLeast', amount: 4 });
    const shards = { each: 'items', where: { itemId: 'star_shard' } };
    expect(read({ ...shards, sum: 'quantity' })).toEqual({ kind: 'add', amount: 3 });
    expect(read({ ...shards, distinct: 'itemId' })).toEqual({
      kind: 'facts',
      facts: ['star_shard', 'star_shard'],
    });
  });

  test('counts only what meets all its conditions', () => {
    expect(read({ where: { placeId: 'meadow', total: 7 } })).toEqual({ kind: 'add', amount: 1 });
    expect(read({ where: { placeId: 'meadow', total: 8 } })).toBeUndefined();
    expect(read({ each: 'items', where: { itemId: 'coal' } })).toBeUndefined();
  });

  test('of nothing changes nothing', () => {
    expect(read({ sum: 'total' }, event('itemsGathered', { total: 0 }))).toBeUndefined();
    expect(read({ each: 'items', sum: 'quantity' }, event('itemsGathered', { items: [] }))).toBeUndefined();
  });

  test('of what has fractions is exact to three decimals', () => {
    const points = { event: 'engagementRewarded', sum: 'points' };
    expect(readMeasure(points, event('engagementRewarded', { points: 0.1 + 0.2 }))).toEqual({
      kind: 'add',
      amount: 0.3,
    });
  });

  test('that asks for what the event has not got is an error, and not a zero', () => {
    expect(() => read({ sum: 'weight' })).toThrow(TypeError);
    expect(() => read({ most: 'placeId' })).toThrow(TypeError);
    expect(() => read({ distinct: 'weight' })).toThrow(TypeError);
    expect(() => read({ each: 'weights' })).toThrow(TypeError);
  });

  test('has one name, however it is written', () => {
    const one = { event: 'itemCrafted', sum: 'quantity', where: { rarity: 'rare', itemId: 'x' } };
    const other = { where: { itemId: 'x', rarity: 'rare' }, sum: 'quantity', event: 'itemCrafted' };
    expect(measureId(one)).toBe(measureId(other));
    const different: Measure[] = [
      { event: 'itemCrafted' },
      { event: 'itemCrafted', each: 'items' },
      { event: 'itemCrafted', sum: 'quantity' },
      { event: 'itemCrafted', most: 'quantity' },
      { event: 'itemCrafted', distinct: 'quantity' },
      { event: 'itemCrafted', where: { quantity: 1 } },
      { event: 'itemCrafted', where: { quantity: '1' } },
      one,
    ];
    expect(new Set(different.map(measureId)).size).toBe(different.length);
  });

  test('counts one thing at a time, of fields that are named as fields are', () => {
    const isValid = (measure: object) => measureSchema.safeParse(measure).success;
    expect(isValid({ event: 'itemCrafted', sum: 'quantity' })).toBe(true);
    expect(isValid({ event: 'itemCrafted', sum: 'quantity', most: 'quantity' })).toBe(false);
    expect(isValid({ event: 'itemCrafted', sum: 'no such/field' })).toBe(false);
    expect(isValid({ event: 'itemCrafted', total: 'quantity' })).toBe(false);
    expect(isValid({ sum: 'quantity' })).toBe(false);
  });
});
