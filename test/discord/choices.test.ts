import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choice, chosen, matchingChoices } from '../../src/discord/choices.ts';

function named(...names: readonly string[]): Choice[] {
  return names.map((name) => ({ name, value: name.toLowerCase().replaceAll(' ', '_') }));
}

function found(choices: readonly Choice[], typed: string): string[] {
  return matchingChoices(choices, typed).map(({ name }) => name);
}

const ENGLISH = named('Star Compass', 'Oak Plank', 'Iron Ingot', 'Campfire', 'Iron Sword', 'Moonsteel Crown');
const GERMAN = named('Lampenöl', 'Eisenschwert', 'Umhang', 'Kristall', 'Ölkanne', 'Mondstein', 'Große Uhr');

describe('typing a name', () => {
  test('of which nothing is there yet offers everything, as it was given', () => {
    expect(matchingChoices(ENGLISH, '')).toEqual(ENGLISH);
    expect(matchingChoices(ENGLISH, '   ')).toEqual(ENGLISH);
  });

  test('offers what begins so before what contains it, and each of them in the order given', () => {
    expect(found(named('Acorn', 'Unicorn', 'Corn', 'Old Corn'), 'corn')).toEqual([
      'Corn',
      'Old Corn',
      'Acorn',
      'Unicorn',
    ]);
  });

  test('offers what is like it only where nothing contains it', () => {
    expect(found(ENGLISH, 'iron')).toEqual(['Iron Ingot', 'Iron Sword']);
    expect(found(ENGLISH, 'irno sword')).toEqual(['Iron Sword']);
    expect(found(named('Oak Log', 'Star Shard', 'Stone', 'Iron Blade'), 'shrad')).toEqual(['Star Shard']);
  });

  test('forgives slips, the order of words, and capitals', () => {
    expect(found(ENGLISH, 'compas')).toEqual(['Star Compass']);
    expect(found(ENGLISH, 'campfrie')).toEqual(['Campfire']);
    expect(found(ENGLISH, 'SWORD iron')).toEqual(['Iron Sword']);
  });

  test('finds umlauts however a keyboard writes them', () => {
    expect(found(GERMAN, 'schwert')).toEqual(['Eisenschwert']);
    expect(found(GERMAN, 'kristall')).toEqual(['Kristall']);
    for (const typed of ['öl', 'oel', 'ol', 'ÖL', 'o\u0308l']) {
      expect(found(GERMAN, typed), typed).toEqual(['Ölkanne', 'Lampenöl']);
    }
    expect(found(GERMAN, 'grosse')).toEqual(['Große Uhr']);
  });

  test('offers nothing where nothing is like it', () => {
    for (const typed of ['🔥', 'zzzzzz', '.*', '^', '[', '(?:a+)+$', '\\', 'x'.repeat(100), '🗡️'.repeat(60)]) {
      expect(found(ENGLISH, typed), typed).toEqual([]);
    }
  });

  test('never fails and never offers anything twice, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const offered = matchingChoices(GERMAN, typed);
        expect(new Set(offered).size).toBe(offered.length);
        expect(GERMAN).toEqual(expect.arrayContaining(offered));
      }),
    );
  });
});

describe('a whole answer that was typed and not picked', () => {
  test('is known by its value or its name', () => {
    expect(chosen(ENGLISH, 'iron_sword')?.name).toBe('Iron Sword');
    expect(chosen(ENGLISH, ' iron sword ')?.name).toBe('Iron Sword');
    expect(chosen(GERMAN, 'OELKANNE')?.name).toBe('Ölkanne');
  });

  test('is not guessed at', () => {
    for (const typed of ['iron', 'iron swor', '', '__proto__', 'constructor']) {
      expect(chosen(ENGLISH, typed), typed).toBeUndefined();
    }
  });
});
